// src/report/place.ts
function placeText(place) {
	return `${place.file}:${place.line}:${place.column}`;
}
function plural(count, noun) {
	return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

export { plural as n, placeText as t };