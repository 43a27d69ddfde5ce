import { r as severities, t as bySeverity } from "./finding.js";
import { n as annotation } from "./run-action.js";

// src/report/annotations.ts
const annotationsPerKind = 10;
function annotations(findings) {
	const sorted = [...findings].sort(bySeverity);
	const shown = severities.flatMap((severity) => sorted.filter((finding) => finding.severity === severity).slice(0, annotationsPerKind));
	return {
		lines: shown.map(line),
		left: findings.length - shown.length
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
//# sourceMappingURL=annotations.js.map