// src/report/place.ts
function placeText(place) {
	return `${place.file}:${place.line}:${place.column}`;
}

export { placeText as t };