// src/support/shell.ts
function shellWord(word) {
	if (word.includes("\0")) throw new Error("a word for the shell cannot hold a NUL byte");
	return /^[A-Za-z0-9_/:=.,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
function shellWords(words) {
	return words.map(shellWord).join(" ");
}

export { shellWords as t };