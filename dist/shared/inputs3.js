import { a as optional, i as oneOf, n as flag, s as text } from "./inputs.js";

// src/actions/validation/inputs.ts
const validationInputs = {
	inventory: text("inventory/hosts"),
	limit: optional(text()),
	"playbook-path": optional(text()),
	"base-ref": optional(text()),
	"base-path": optional(text()),
	"fail-on": oneOf([
		"error",
		"warning",
		"never"
	], "error"),
	"json-path": optional(text()),
	summary: flag(true)
};

export { validationInputs as t };
//# sourceMappingURL=inputs3.js.map