// src/support/plural.ts
function plural(count, one, many = `${one}s`) {
	return `${count} ${count === 1 ? one : many}`;
}
function counted(nouns, name, count) {
	return plural(count, ...nouns[name] ?? [name, name]);
}

// src/report/place.ts
function placeText(place) {
	return `${place.file}:${place.line}:${place.column}`;
}

export { counted as n, plural as r, placeText as t };