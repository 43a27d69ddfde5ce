import { t as require_dist } from "./dist.js";

// src/mas/providers/secrets.ts
var import_dist = require_dist();
function clientSecret(value, index, { variable, list }) {
	if (isKept(value)) {
		const kept = new import_dist.Scalar(value.value);
		Object.assign(kept, {
			tag: value.tag,
			type: value.type
		});
		return kept;
	}
	const reference = new import_dist.Scalar(`{{ ${list}[${index}].client_secret }}`);
	reference.type = import_dist.Scalar.QUOTE_DOUBLE;
	reference.comment = ` move the secret to its own variable before you remove ${variable === list ? variable : `the provider from ${variable}`}`;
	return reference;
}
function isKept(value) {
	return (0, import_dist.isScalar)(value) && (value.tag === "!vault" || isReference(value.value));
}
function isReference(value) {
	return typeof value === "string" && /^\{\{[\w\s.[\]|]+\}\}$/.test(value);
}
function holdsCredentials(value) {
	if (!(0, import_dist.isScalar)(value)) return false;
	const address = String(value.value);
	const [, ...query] = address.split(/[?&]/);
	const names = query.map((part) => part.slice(0, Math.max(0, part.indexOf("="))));
	return /:\/\/[^/]*@/.test(address) || names.some((name) => /secret|token|passw|key/i.test(name));
}

export { isReference as i, holdsCredentials as n, isKept as r, clientSecret as t };