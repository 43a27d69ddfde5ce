import { _ as openFindings, g as bySeverity, y as severities } from "./repository.js";

// src/report/annotations.ts
const annotationsPerSeverity = 10;
function annotations(findings) {
	const sorted = openFindings(findings).toSorted(bySeverity);
	const shown = severities.flatMap((severity) => sorted.filter((finding) => finding.severity === severity).slice(0, annotationsPerSeverity));
	return {
		shown: shown.map(annotation),
		left: sorted.length - shown.length
	};
}
function annotation({ id, severity, message, place, host, why, remedy }) {
	const text = [
		`${message}${host === void 0 ? "" : ` (host ${host})`}`,
		`Why: ${why}`,
		`What to do: ${remedy}`
	];
	const where = place && {
		file: place.file,
		startLine: place.line,
		...place.endLine !== void 0 && { endLine: place.endLine },
		...place.endLine === place.line && {
			startColumn: place.column,
			endColumn: place.endColumn ?? place.column
		}
	};
	return {
		severity,
		title: id,
		message: text.join("\n"),
		...where && { place: where }
	};
}

export { annotations as t };