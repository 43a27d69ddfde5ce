import { m as synapseExtension, u as oidcProvidersVariable } from "./variables.js";

// src/mas/providers/services.ts
const withoutUserName = /* @__PURE__ */ new Set([
	"https://accounts.google.com",
	"https://appleid.apple.com",
	"https://www.facebook.com"
]);
function lacksUserName(issuer) {
	return withoutUserName.has(withoutSlash(issuer ?? ""));
}
const slashless = [
	/^https:\/\/(?:accounts\.google\.com|gitlab\.com|appleid\.apple\.com)$/,
	/^https:\/\/login\.microsoftonline\.com\/[^/]+\/v2\.0$/,
	/^https:\/\/[^/]+(?:\/[^/]+)*\/realms\/[^/]+$/
];
function hasNoSlash(issuer) {
	return slashless.some((service) => service.test(withoutSlash(issuer)));
}
function withoutSlash(address) {
	return address.replace(/(?<!\/)\/+$/, "");
}

// src/mas/providers/list-source.ts
const inVars = {
	variable: oidcProvidersVariable,
	key: oidcProvidersVariable,
	list: oidcProvidersVariable
};
const inExtension = {
	variable: synapseExtension,
	key: "oidc_providers",
	list: `(${synapseExtension} | from_yaml).oidc_providers`
};

export { withoutSlash as a, lacksUserName as i, inVars as n, hasNoSlash as r, inExtension as t };