import { a as paths, c as text, i as optional, r as oneOf, t as flag } from "./inputs.js";

// src/actions/validate-config/inputs.ts
const standardAcceptances = "accepted-findings.yml";
const validationInputs = {
	inventory: paths("inventory/hosts"),
	limit: optional(text()),
	"playbook-path": optional(text()),
	"base-ref": optional(text()),
	"base-path": optional(text()),
	"fail-on": oneOf([
		"error",
		"warning",
		"never"
	], "error"),
	"accepted-findings": text(standardAcceptances),
	"json-path": optional(text()),
	"sarif-path": optional(text()),
	"convert-path": optional(text()),
	summary: flag(true)
};

export { validationInputs as n, standardAcceptances as t };