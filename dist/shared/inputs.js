import { A as text, C as flag, D as paths, E as optional, T as oneOf, a as playbookInputs, k as secret } from "./playbook.js";

// src/actions/validate-config/inputs.ts
const standardAcceptances = "accepted-findings.yml";
const validationInputs = {
	inventory: paths("inventory/hosts"),
	limit: optional(text()),
	"playbook-path": optional(text()),
	...playbookInputs,
	"github-token": optional(secret()),
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