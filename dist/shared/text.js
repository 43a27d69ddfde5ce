import { i as logText, r as jsonText } from "./escape.js";
import { i as severities, n as openFindings, t as bySeverity } from "./finding.js";
import { n as plural, t as placeText } from "./place.js";

// src/report/json.ts
const reportSchema = "https://matrix-auth-actions.example/schemas/validation.schema.json";
function renderJson({ hosts, findings }) {
	const open = openFindings(findings);
	const counts = {
		...Object.fromEntries(severities.map((severity) => [severity, open.filter((finding) => finding.severity === severity).length])),
		accepted: findings.length - open.length
	};
	return jsonText({
		$schema: reportSchema,
		version: 1,
		counts,
		hosts,
		findings
	});
}

// src/report/text.ts
function renderText({ hosts, findings }) {
	const hostLines = hosts.flatMap(({ host, stage, before, reason, outlook }) => [`${host}: ${before === void 0 || before === stage ? stage : `${before} -> ${stage}`} (${reason})`, `  ${outlook.sentence}`]);
	const findingLines = [...findings].sort(bySeverity).flatMap(({ id, severity, message, place, host, remedy, accepted }) => [`${place ? placeText(place) : host ?? "inventory"}: ${accepted ? "accepted" : severity}: ${message} [${id}]`, accepted ? `  Accepted: ${accepted.reason}` : `  ${remedy}`]);
	const open = openFindings(findings);
	const errors = open.filter(({ severity }) => severity === "error").length;
	const accepted = findings.length - open.length;
	const aside = accepted > 0 ? `, ${accepted} accepted` : "";
	const last = `${plural(open.length, "finding")}, ${plural(errors, "error")}${aside}`;
	return logText([
		...hostLines,
		...findingLines,
		last
	].join("\n"));
}

export { renderJson as n, renderText as t };
//# sourceMappingURL=text.js.map