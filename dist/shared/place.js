// src/domain/finding.ts
const severities = [
	"error",
	"warning",
	"notice"
];
/** The most severe first, then by place. */
function bySeverity(a, b) {
	return severities.indexOf(a.severity) - severities.indexOf(b.severity) || compare(a.place?.file ?? "", b.place?.file ?? "") || (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0);
}
function compare(a, b) {
	return a < b ? -1 : a > b ? 1 : 0;
}

// src/report/place.ts
/** `file:line:column`, as terminals and editors know it. */
function placeText(place) {
	return `${place.file}:${place.line}:${place.column}`;
}
function plural(count, noun) {
	return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

export { severities as i, plural as n, bySeverity as r, placeText as t };
//# sourceMappingURL=place.js.map