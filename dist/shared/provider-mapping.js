// src/mas/providers/provider-mapping.ts
const option = "--upstreamProviderMapping";
const ulidPattern = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
function authProviderOf(idpId) {
	return idpId === void 0 || idpId === "oidc" ? "oidc" : `oidc-${idpId}`;
}
function isUlid(text) {
	return ulidPattern.test(text);
}
function mappingArguments(mappings) {
	return mappings.map(({ authProvider, ulid }) => `${option} ${authProvider}:${ulid}`);
}
function readMappingArguments(extraArguments) {
	const words = extraArguments.join(" ").split(/\s+/).filter(Boolean);
	const values = words.flatMap((word, index) => {
		if (word === option) return [words[index + 1] ?? ""];
		return word.startsWith(`${option}=`) ? [word.slice(26)] : [];
	});
	const mappings = [];
	const problems = [];
	for (const argument of values) {
		const [authProvider, ulid, ...rest] = argument.split(":");
		if (!authProvider || !ulid || rest.length > 0) problems.push({ kind: "not-a-mapping" });
		else if (!isUlid(ulid)) problems.push({ kind: "not-a-ulid" });
		else if (mappings.some((known) => known.authProvider === authProvider)) problems.push({ kind: "duplicate" });
		else {
			if (authProvider !== "oidc" && !/^(?:oidc-|saml$|cas$)/.test(authProvider)) problems.push({
				kind: "missing-prefix",
				right: `${option} oidc-${argument}`
			});
			mappings.push({
				authProvider,
				ulid
			});
		}
	}
	return {
		mappings,
		problems
	};
}

export { readMappingArguments as i, isUlid as n, mappingArguments as r, authProviderOf as t };