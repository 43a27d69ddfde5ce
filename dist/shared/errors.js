// src/support/errors.ts
var ToolkitError = class extends Error {
	name = "ToolkitError";
	reason;
	where;
	meaning;
	remedy;
	constructor(parts) {
		super(parts.what, parts.cause === void 0 ? void 0 : { cause: parts.cause });
		this.reason = parts.reason;
		this.where = parts.where;
		this.meaning = parts.meaning;
		this.remedy = parts.remedy;
	}
	describe() {
		return [
			this.message,
			this.where && `Where: ${this.where}`,
			this.meaning && `For users now: ${this.meaning}`,
			`What to do: ${this.remedy}`
		].filter(Boolean).join("\n");
	}
};

export { ToolkitError as t };