import { i as severities, n as openFindings, t as bySeverity } from "./finding.js";
import { t as annotation } from "./runner.js";

// src/report/annotations.ts
const annotationsPerKind = 10;
function annotations(findings) {
	const sorted = openFindings(findings).toSorted(bySeverity);
	const shown = severities.flatMap((severity) => sorted.filter((finding) => finding.severity === severity).slice(0, annotationsPerKind));
	return {
		lines: shown.map(line),
		left: sorted.length - shown.length
	};
}
function line({ id, severity, message, place, host, why, remedy }) {
	const text = [
		`${message}${host === void 0 ? "" : ` (host ${host})`}`,
		`Why: ${why}`,
		`What to do: ${remedy}`
	];
	const where = place && {
		file: place.file,
		line: place.line,
		...place.endLine !== void 0 && { endLine: place.endLine },
		...place.endLine === place.line && {
			col: place.column,
			endColumn: place.endColumn ?? place.column
		}
	};
	return annotation(severity, {
		title: id,
		...where
	}, text.join("\n"));
}

export { annotations as t };