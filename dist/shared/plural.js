// src/support/plural.ts
function plural(count, one, many = `${one}s`) {
	return `${count} ${count === 1 ? one : many}`;
}
function counted(nouns, name, count) {
	return plural(count, ...nouns[name] ?? [name, name]);
}

export { plural as n, counted as t };