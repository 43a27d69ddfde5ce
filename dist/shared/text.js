import { r as logText } from "./escape.js";
import { r as severities, t as bySeverity } from "./finding.js";
import { n as plural, t as placeText } from "./place.js";

// src/report/json.ts
const reportSchema = "https://matrix-auth-actions.example/schemas/validation.schema.json";
function renderJson({ hosts, findings }) {
	const counts = Object.fromEntries(severities.map((severity) => [severity, findings.filter((finding) => finding.severity === severity).length]));
	return `${JSON.stringify({
		$schema: reportSchema,
		version: 1,
		counts,
		hosts,
		findings
	}, void 0, 2)}\n`;
}

// src/report/text.ts
function renderText({ hosts, findings }) {
	const hostLines = hosts.flatMap(({ host, stage, before, reason, outlook }) => [`${host}: ${before === void 0 || before === stage ? stage : `${before} -> ${stage}`} (${reason})`, `  ${outlook.sentence}`]);
	const findingLines = [...findings].sort(bySeverity).flatMap(({ id, severity, message, place, host, remedy }) => [`${place ? placeText(place) : host ?? "inventory"}: ${severity}: ${message} [${id}]`, `  ${remedy}`]);
	const errors = findings.filter(({ severity }) => severity === "error").length;
	const last = `${plural(findings.length, "finding")}, ${plural(errors, "error")}`;
	return logText([
		...hostLines,
		...findingLines,
		last
	].join("\n"));
}

export { renderJson as n, renderText as t };
//# sourceMappingURL=text.js.map