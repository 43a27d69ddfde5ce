import { t as require_dist } from "./dist.js";
import { i as isReference, n as holdsCredentials, r as isKept, t as clientSecret } from "./secrets.js";
import { a as withoutSlash, i as lacksUserName, n as inVars, r as hasNoSlash } from "./list-source.js";
import { t as authProviderOf } from "./provider-mapping.js";
import { createHash } from "node:crypto";

// src/mas/providers/comments.ts
var import_dist = require_dist();
function commentsIn(...parts) {
	return parts.flatMap((part) => {
		if ((0, import_dist.isScalar)(part)) return texts(part.commentBefore, part.comment);
		if ((0, import_dist.isSeq)(part)) return texts(part.commentBefore, ...commentsIn(...part.items), part.comment);
		if (!(0, import_dist.isMap)(part)) return [];
		const inside = part.items.flatMap(({ key, value }) => commentsIn(key, value));
		return texts(part.commentBefore, ...inside, part.comment);
	});
}
function ownComments(part) {
	return (0, import_dist.isScalar)(part) || (0, import_dist.isMap)(part) || (0, import_dist.isSeq)(part) ? texts(part.commentBefore, part.comment) : [];
}
function texts(...comments) {
	return comments.filter((comment) => typeof comment === "string" && comment !== "");
}
function joined(...comments) {
	const all = texts(...comments);
	return all.length > 0 ? all.join("\n") : void 0;
}
const omitted = " (comment omitted: it may contain a secret)";
const secretWord = /secret|passw|passphrase|token|credential|private|pepper|\bkey\b|[_-]key\b/i;
function removeSecretComments(list, source) {
	const secrets = secretsIn(source);
	const cleaned = (comment) => comment.split("\n").map((line) => mayHoldSecret(line, secrets) ? omitted : line).filter((line, index, all) => line !== omitted || all[index - 1] !== omitted).join("\n");
	(0, import_dist.visit)(list, { Node: (_, node) => {
		if (node.commentBefore) node.commentBefore = cleaned(node.commentBefore);
		if (node.comment) node.comment = cleaned(node.comment);
	} });
}
function secretsIn(source) {
	const secrets = [];
	(0, import_dist.visit)(source, { Pair: (_, { key, value }) => {
		if ((0, import_dist.isScalar)(key) && isSecretName(String(key.value)) && (0, import_dist.isScalar)(value) && !isReference(value.value) && String(value.value).length >= 4) secrets.push(String(value.value));
	} });
	return secrets;
}
function isSecretName(name) {
	return secretWord.test(name);
}
function mayHoldSecret(line, secrets) {
	if (secrets.some((secret) => line.includes(secret))) return true;
	if (secretWord.test(line) && givesSecret(line)) return true;
	return line.split(/\s+/).some((word) => isMixed(word) || word.split(/[^A-Za-z0-9+=]+/).some(isToken));
}
function givesSecret(line) {
	const parts = line.split(/[:=]/);
	return parts.some((part, index) => {
		const value = parts.slice(index + 1).join(":").trim();
		if (value === "" || isReference(value.replace(/^(["'])(.*)\1$/, "$2"))) return false;
		return isSecretName(part.split(/[^\w-]+/).findLast(Boolean) ?? "") || !/\s/.test(value);
	}) || line.split(/[\s"'`]+/).some((word) => word.length >= 6 && /\d/.test(word));
}
function isToken(text) {
	if (/^\d{12,}$/.test(text)) return true;
	return text.length >= 12 && count(text, /\d/g) >= 2 && count(text, /[a-z]/gi) >= 2;
}
function isMixed(word) {
	return !word.includes("://") && word.length >= 10 && count(word, /\d/g) >= 3 && count(word, /[a-z]/gi) >= 3;
}
function count(text, pattern) {
	return text.match(pattern)?.length ?? 0;
}

// src/mas/providers/ansible.ts
const text = /(?:[^{]|\{(?![{%#]))+/y;
const raw = /\{%([-+]?)\s*raw\s*(-?)%\}([\s\S]*?)\{%([-+]?)\s*endraw\s*(?:(-)%\}|\+%\}|%\}\n?)/y;
const quoted = /\{\{(-?)\s*(?:'([^'\\]*)'|"([^"\\]*)")\s*(-?)\}\}/y;
const expression = /\{(?:\{(?:'[^'{}]*'|"[^"{}]*"|[^'"{}])*\}|%(?:'[^'{}]*'|"[^"{}]*"|[^'"{}])*%)\}/y;
const known = /^(?:user|if|elif|else|endif|and|or|not|is|in|defined|none|true|false)$/i;
function templateForSynapse(source) {
	const template = String(source.value ?? "");
	if (source.tag === "!unsafe") return template;
	if (source.tag === "!vault" || template.startsWith("#jinja2:")) return void 0;
	let [result, at, trims] = [
		"",
		0,
		false
	];
	while (at < template.length) {
		const piece = pieceAt(template, at);
		if (!piece) return void 0;
		const { content, end, trimsBefore = false, trimsAfter = false } = piece;
		result = (trimsBefore ? result.trimEnd() : result) + (trims ? content.trimStart() : content);
		trims = trimsAfter;
		at = end;
	}
	return /\{%[-+]?\s*(?:end)?raw\b/.test(result) ? void 0 : result;
}
function pieceAt(template, at) {
	const matched = (pattern) => {
		pattern.lastIndex = at;
		return pattern.exec(template);
	};
	const plain = matched(text);
	if (plain) return {
		content: plain[0],
		end: text.lastIndex
	};
	const block = matched(raw);
	if (block) {
		const [, before, start, content = "", finish, after] = block;
		const begun = start === "-" ? content.trimStart() : content;
		return {
			content: finish === "-" ? begun.trimEnd() : begun,
			end: raw.lastIndex,
			trimsBefore: before === "-",
			trimsAfter: after === "-"
		};
	}
	const literal = matched(quoted);
	if (literal) {
		const [, before, single, double = "", after] = literal;
		const trimming = {
			trimsBefore: before === "-",
			trimsAfter: after === "-"
		};
		return {
			content: single ?? double,
			end: quoted.lastIndex,
			...trimming
		};
	}
	const open = matched(expression);
	return open && isForSynapse(open[0]) ? {
		content: open[0],
		end: expression.lastIndex
	} : void 0;
}
function isForSynapse(part) {
	const words = [...part.replace(/'[^']*'|"[^"]*"/g, "''").matchAll(/(?<![\w.])(?<!\|\s*)[A-Za-z_]\w*/g)].map(([name]) => name);
	return words.length > 0 && words.every((name) => known.test(name));
}

// src/mas/providers/user-name.ts
const [head, tail] = ["{% set name %}", `{% endset %}{% set name = name | trim | urlencode | lower | replace('%2b', '+') | replace('%', '=') %}{% if name[:1] == '_' %}=5f{{ name[1:] }}{% else %}{{ name }}{% endif %}`];
function cleanUserName(template) {
	return head + template + tail;
}

// src/mas/providers/claims.ts
const templates = {
	subject_template: "subject",
	localpart_template: "localpart",
	display_name_template: "displayname",
	email_template: "email"
};
const actions = {
	localpart: "require",
	displayname: "force",
	email: "force"
};
const defaultModules = ["synapse.handlers.oidc.JinjaOidcMappingProvider", "synapse.handlers.oidc_handler.JinjaOidcMappingProvider"];
const evaluated = "Ansible evaluates a part of it whose result is unknown: write the claim in MAS with the text that Synapse gets";
var ClaimsImports = class {
	claims = /* @__PURE__ */ new Map();
	keys = /* @__PURE__ */ new Map();
	gap;
	issuer;
	comments = [];
	constructor(issuer, gap) {
		this.issuer = issuer;
		this.gap = gap;
	}
	add(key, provider) {
		this.comments.push(...ownComments(key), ...ownComments(provider));
		if (!(0, import_dist.isMap)(provider)) {
			this.gap("user_mapping_provider", "it is not a plain mapping");
			return;
		}
		const module = provider.get("module");
		const isDefault = module === void 0 || defaultModules.includes(String(module));
		if (!isDefault) this.gap("user_mapping_provider.module", "MAS maps by templates only");
		for (const { key: name, value } of provider.items) {
			const isConfig = (0, import_dist.isScalar)(name) && name.value === "config" && (0, import_dist.isMap)(value) && isDefault;
			this.comments.push(...isConfig ? [...ownComments(name), ...ownComments(value)] : commentsIn(name, value));
			if (isConfig) this.addConfig(value);
		}
	}
	mergeExisting() {
		const localpart = this.claims.get("localpart");
		if (localpart?.get("action") !== actions.localpart) return false;
		add(localpart, "on_conflict", new import_dist.Scalar("add"));
		return true;
	}
	result() {
		if (this.claims.size === 0) return void 0;
		const result = new import_dist.YAMLMap();
		for (const name of [
			"subject",
			"localpart",
			"displayname",
			"email"
		]) {
			const claim = this.claims.get(name);
			if (claim) result.items.push(new import_dist.Pair(this.keys.get(name) ?? new import_dist.Scalar(name), claim));
		}
		return result;
	}
	addConfig(config) {
		for (const pair of config.items) this.convert(pair, config);
		const confirms = config.get("confirm_localpart");
		if (typeof confirms === "string" && /^(?:true|yes|on)$/i.test(confirms)) this.suggestAll();
	}
	convert({ key, value }, config) {
		const name = (0, import_dist.isScalar)(key) ? String(key.value) : "";
		const claim = templates[name];
		if (name === "subject_claim" && (0, import_dist.isScalar)(value) && isEmpty(config.get("subject_template", true))) this.setSubject(value, key);
		else if (claim !== void 0 && (0, import_dist.isScalar)(value) && !isEmpty(value)) this.setTemplate(claim, name, value, key);
		else {
			this.comments.push(...commentsIn(key, value));
			if (name !== "confirm_localpart" && name !== "subject_claim" && !isEmpty(value)) this.gap(`user_mapping_provider.config.${name}`);
		}
	}
	setSubject(value, key) {
		const claim = templateForSynapse(value);
		if (claim !== void 0 && !claim.includes("{")) {
			this.set("subject", forMas(`{{ user.${claim} }}`, value), key);
			return;
		}
		this.comments.push(...commentsIn(key, value));
		this.gap("user_mapping_provider.config.subject_claim", evaluated);
	}
	setTemplate(claim, name, value, key) {
		const source = templateForSynapse(value);
		const template = source === void 0 ? void 0 : withoutSynapseFilter(source);
		const isMissing = claim === "localpart" && lacksUserName(this.issuer) && usesOnlyUserName(template);
		if (template !== void 0 && !isMissing) {
			const cleaned = claim === "localpart" ? cleanUserName(template) : template;
			this.set(claim, forMas(cleaned, value), key);
			return;
		}
		this.comments.push(...commentsIn(key, value));
		const filtered = source === void 0 ? evaluated : "it uses the filter localpart_from_email, which MAS does not have: write a template with (user.email | split('@'))[0]";
		this.gap(`user_mapping_provider.config.${name}`, isMissing ? "this service sends no preferred_username: users choose their name in MAS, as in Synapse" : filtered);
	}
	set(claim, template, source) {
		const entry = new import_dist.YAMLMap();
		if (claim !== "subject") add(entry, "action", new import_dist.Scalar(actions[claim]));
		add(entry, "template", template);
		const key = new import_dist.Scalar(claim);
		const comment = joined(...ownComments(source));
		if (comment !== void 0) key.commentBefore = comment;
		this.keys.set(claim, key);
		this.claims.set(claim, entry);
	}
	suggestAll() {
		for (const [name, entry] of this.claims) if (name !== "subject") entry.set("action", new import_dist.Scalar("suggest"));
	}
};
function add(map, key, value) {
	map.items.push(new import_dist.Pair(new import_dist.Scalar(key), value));
}
function withoutSynapseFilter(template) {
	const converted = template.replace(/\{\{(-?)\s*([\w.]+)\s*\|\s*localpart_from_email\s*(-?)\}\}/g, "{{$1 ($2 | split('@'))[0] $3}}");
	return converted.includes("localpart_from_email") ? void 0 : converted;
}
function isEmpty(template) {
	if (template === void 0) return true;
	return (0, import_dist.isScalar)(template) && templateForSynapse(template)?.trim() === "";
}
function usesOnlyUserName(template) {
	const claims = [...(template ?? "").matchAll(/\buser(?:\.|\[['"])(\w+)/g)].map(([, claim]) => claim);
	return claims.length > 0 && claims.every((claim) => claim === "preferred_username");
}
function forMas(template, source) {
	const isProtected = source.tag === "!unsafe" || !/\{[{%#]/.test(template);
	const result = new import_dist.Scalar(isProtected ? template : `{% raw %}${template}{% endraw %}`);
	result.type = import_dist.Scalar.QUOTE_DOUBLE;
	if (source.tag === "!unsafe") result.tag = "!unsafe";
	if (source.comment) result.comment = source.comment;
	return result;
}

// src/mas/providers/provider.ts
const renamed = {
	idp_name: "human_name",
	idp_brand: "brand_name",
	issuer: "issuer",
	client_id: "client_id",
	client_auth_method: "token_endpoint_auth_method",
	authorization_endpoint: "authorization_endpoint",
	token_endpoint: "token_endpoint",
	userinfo_endpoint: "userinfo_endpoint",
	jwks_uri: "jwks_uri",
	pkce_method: "pkce_method",
	forward_login_hint: "forward_login_hint"
};
const noEquivalent = "MAS has no equivalent";
const hints = {
	client_secret_jwt_key: "for Apple, put the key into `sign_in_with_apple`; for others, `private_key_jwt` signs with the keys of MAS",
	id_token_signing_alg_values_supported: "the closest setting is `id_token_signed_response_alg`, which accepts only one algorithm and uses RS256 by default",
	attribute_requirements: `${noEquivalent}: restrict logins at the provider instead`,
	enable_registration: "the closest setting is `registration_token_required: true`, which is set here",
	client_secret_path: "it is now `client_secret_file`; the container of MAS must be able to read that file"
};
var Conversion = class {
	index;
	gaps = [];
	mapping;
	refersToSecret = false;
	source;
	from;
	result = new import_dist.YAMLMap();
	claims;
	comments = /* @__PURE__ */ new Map();
	constructor(source, index, from) {
		this.source = source;
		this.from = from;
		this.index = index;
		this.mapping = {
			authProvider: authProviderOf(this.text("idp_id")),
			ulid: this.id()
		};
		this.claims = new ClaimsImports(this.text("issuer"), (key, hint) => this.gap(key, hint));
	}
	run(byArguments) {
		const { commentBefore, comment, spaceBefore } = this.source;
		Object.assign(this.result, {
			commentBefore,
			comment,
			spaceBefore
		});
		this.set("id", new import_dist.Scalar(this.mapping.ulid));
		if (!byArguments) this.set("synapse_idp_id", new import_dist.Scalar(this.mapping.authProvider));
		for (const pair of this.source.items) this.convert(pair);
		this.addDefaults();
		this.mergeExisting();
		const claims = this.claims.result();
		if (claims) this.set("claims_imports", claims);
		this.addComments("claims_imports", this.claims.comments);
		this.writeComments();
		return this.result;
	}
	convert(pair) {
		const { key, value } = pair;
		const name = (0, import_dist.isScalar)(key) ? String(key.value) : "";
		const same = renamed[name];
		if (holdsCredentials(value)) this.gap(name, "its URL contains a password");
		else if (same !== void 0 && (0, import_dist.isScalar)(value)) this.set(same, name === "issuer" ? asIssuer(value) : value, key);
		else if (name === "user_mapping_provider") this.claims.add(key, value);
		else if (name === "additional_authorization_parameters") this.parameters(value, key);
		else this.addComments(this.convertOther(name, value), commentsIn(key, value));
	}
	convertOther(name, value) {
		switch (name) {
			case "idp_id": return "synapse_idp_id";
			case "client_secret":
				this.refersToSecret = !isKept(value);
				this.set("client_secret", clientSecret(value, this.index, this.from));
				return "client_secret";
			case "client_secret_path":
				this.gap(name);
				this.set("client_secret_file", withoutComments(value));
				return "client_secret_file";
			case "scopes":
				this.scopes(value);
				return "scope";
			case "discover":
			case "skip_verification": return "discovery_mode";
			case "user_profile_method": return "fetch_userinfo";
			case "backchannel_logout_enabled":
				this.backchannelLogout();
				return "on_backchannel_logout";
			case "allow_existing_users": return "claims_imports";
			case "enable_registration":
				if (this.switch(name) === false) {
					this.gap(name);
					this.set("registration_token_required", new import_dist.Scalar("true"));
				}
				return "registration_token_required";
			default:
				this.gap(name);
				return "";
		}
	}
	addDefaults() {
		const hasSecret = this.result.has("client_secret") || this.result.has("client_secret_file");
		if (!this.result.has("token_endpoint_auth_method")) this.set("token_endpoint_auth_method", new import_dist.Scalar(hasSecret ? "client_secret_basic" : "none"));
		if (!this.source.has("scopes")) this.set("scope", new import_dist.Scalar("openid"));
		const isDisabled = this.switch("discover") === false;
		const isInsecure = this.switch("skip_verification") === true;
		if (isDisabled || isInsecure) this.set("discovery_mode", new import_dist.Scalar(isDisabled ? "disabled" : "insecure"));
		const scope = this.result.get("scope");
		const lacksOpenid = typeof scope === "string" && !scope.includes("{") && !/\bopenid\b/.test(scope);
		const fetches = this.text("user_profile_method") === "userinfo_endpoint" || lacksOpenid;
		if (fetches) this.set("fetch_userinfo", new import_dist.Scalar("true"));
		if (!isDisabled) return;
		const required = [...fetches ? ["userinfo_endpoint"] : [], ...fetches && lacksOpenid ? [] : ["jwks_uri"]];
		for (const key of required) if (!this.result.has(key)) this.gap("discover", `without discovery, MAS needs \`${key}\`, which is not set`);
	}
	mergeExisting() {
		if (this.switch("allow_existing_users") !== true) return;
		const isSet = this.claims.mergeExisting();
		const closest = "the closest setting is `localpart.on_conflict: add`";
		this.gap("allow_existing_users", isSet ? `${closest}, which is set here` : `${closest}, which needs the action \`require\``);
	}
	backchannelLogout() {
		const isOn = this.switch("backchannel_logout_enabled");
		if (isOn === void 0) return;
		this.set("on_backchannel_logout", new import_dist.Scalar(isOn ? "logout_all" : "do_nothing"));
	}
	addComments(target, texts) {
		this.comments.set(target, [...this.comments.get(target) ?? [], ...texts]);
	}
	writeComments() {
		for (const [target, texts] of this.comments) {
			const pair = this.result.items.find(({ key }) => (0, import_dist.isScalar)(key) && key.value === target);
			const node = (0, import_dist.isScalar)(pair?.key) ? pair.key : this.result;
			const comment = joined(node.commentBefore, ...texts);
			if (comment !== void 0) node.commentBefore = comment;
		}
		const gaps = this.gaps.map(({ key, hint }) => ` ${key} of Synapse: ${hint.replaceAll("`", "")}`);
		this.result.commentBefore = joined(this.result.commentBefore, ...gaps) ?? null;
	}
	set(name, value, source) {
		this.result.items.push(new import_dist.Pair(new import_dist.Scalar(name), value));
		this.addComments(name, ownComments(source));
	}
	scopes(value) {
		const words = (0, import_dist.isSeq)(value) ? value.items.map((item) => (0, import_dist.isScalar)(item) ? String(item.value) : "") : [];
		if (!(0, import_dist.isSeq)(value) || words.some((word) => word === "")) {
			this.gap("scopes", "it is not a list of plain words");
			return;
		}
		const scope = new import_dist.Scalar(words.join(" "));
		scope.type = import_dist.Scalar.QUOTE_DOUBLE;
		this.set("scope", scope);
	}
	parameters(value, key) {
		if (!(0, import_dist.isMap)(value)) {
			this.set("additional_authorization_parameters", value, key);
			return;
		}
		const mode = value.get("response_mode", true);
		value.delete("response_mode");
		if (mode) this.set("response_mode", mode);
		for (const { key: name, value: parameter } of [...value.items]) {
			if (!(0, import_dist.isScalar)(name) || !(isSecretName(String(name.value)) || holdsCredentials(parameter))) continue;
			value.delete(name);
			this.gap(`additional_authorization_parameters.${String(name.value)}`, "it may be a secret: copy it yourself");
		}
		if (value.items.length > 0) this.set("additional_authorization_parameters", value, key);
	}
	gap(key, hint = hints[key] ?? noEquivalent) {
		this.gaps.push({
			index: this.index,
			key,
			hint
		});
	}
	switch(key) {
		const value = this.source.get(key);
		if (value === void 0) return void 0;
		if (/^(?:true|yes|on)$/i.test(String(value))) return true;
		if (/^(?:false|no|off)$/i.test(String(value))) return false;
		if (!this.gaps.some((gap) => gap.key === key)) this.gap(key, "its value is neither `true` nor `false`");
	}
	text(key) {
		const value = this.source.get(key);
		return typeof value === "string" && value !== "" ? value : void 0;
	}
	id() {
		const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
		const parts = [
			this.index,
			this.text("idp_id"),
			this.text("issuer"),
			this.text("client_id")
		];
		const digest = createHash("sha256").update(JSON.stringify(parts)).digest();
		return `01${Array.from({ length: 24 }, (_, at) => alphabet[(digest[at] ?? 0) % 32]).join("")}`;
	}
};
function asIssuer(value) {
	const address = String(value.value);
	return Object.assign(value, hasNoSlash(address) && { value: withoutSlash(address) });
}
function withoutComments(value) {
	if (!(0, import_dist.isScalar)(value)) return value;
	const copy = value.clone();
	Object.assign(copy, {
		comment: void 0,
		commentBefore: void 0
	});
	return copy;
}

// src/mas/providers/source.ts
function synapseProviderList(text, { key }) {
	const document = (0, import_dist.parseDocument)(text, {
		schema: "failsafe",
		version: "1.1",
		uniqueKeys: false,
		logLevel: "silent"
	});
	const list = (0, import_dist.isMap)(document.contents) ? document.contents.get(key, true) : void 0;
	if (document.errors.length > 0 || !(0, import_dist.isSeq)(list) || list.items.length === 0) return void 0;
	const copy = new Resolver(document).copyOf(list);
	return (0, import_dist.isSeq)(copy) ? copy : void 0;
}
var Resolver = class {
	document;
	ancestors = /* @__PURE__ */ new Set();
	constructor(document) {
		this.document = document;
	}
	copyOf(node) {
		if ((0, import_dist.isAlias)(node)) return this.copyOf(node.resolve(this.document));
		if ((0, import_dist.isScalar)(node)) return Object.assign(node.clone(), { anchor: void 0 });
		if (!(0, import_dist.isMap)(node) && !(0, import_dist.isSeq)(node) || this.ancestors.has(node)) return void 0;
		this.ancestors.add(node);
		const copy = (0, import_dist.isMap)(node) ? this.map(node) : this.list(node);
		this.ancestors.delete(node);
		return copy;
	}
	list(node) {
		const items = node.items.flatMap((item) => this.copyOf(item) ?? []);
		return Object.assign(node.clone(), {
			anchor: void 0,
			items
		});
	}
	map(node) {
		const [own, merged] = [/* @__PURE__ */ new Map(), /* @__PURE__ */ new Map()];
		for (const pair of node.items) {
			const name = (0, import_dist.isScalar)(pair.key) ? String(pair.key.value) : "";
			if (name === "<<") this.merge(pair, merged);
			else own.set(name, this.pair(pair));
		}
		const inherited = [...merged].flatMap(([name, pair]) => own.has(name) ? [] : [pair]);
		const items = [...own.values(), ...inherited];
		return Object.assign(node.clone(), {
			anchor: void 0,
			items
		});
	}
	pair({ key, value }) {
		return new import_dist.Pair(this.copyOf(key), this.copyOf(value) ?? null);
	}
	merge({ value }, merged) {
		const source = this.copyOf(value);
		const maps = (0, import_dist.isSeq)(source) ? source.items : [source];
		for (const map of maps) for (const pair of (0, import_dist.isMap)(map) ? map.items : []) {
			const name = (0, import_dist.isScalar)(pair.key) ? String(pair.key.value) : "";
			if (!merged.has(name)) merged.set(name, pair);
		}
	}
};

// src/mas/providers/providers.ts
function convertProviders(text, { indexes, byArguments = false, source = inVars } = {}) {
	const list = synapseProviderList(text, source);
	if (!list) return void 0;
	const result = new import_dist.YAMLSeq();
	const [gaps, conversions] = [[], []];
	let above = joined(list.commentBefore);
	for (const [index, item] of list.items.entries()) {
		const isSelected = !indexes || indexes.includes(index);
		if ((0, import_dist.isMap)(item) && isSelected) {
			item.commentBefore = joined(above, item.commentBefore) ?? null;
			const conversion = new Conversion(item, index, source);
			conversions.push(conversion);
			result.items.push(conversion.run(byArguments));
			gaps.push(...conversion.gaps);
		} else if (isSelected) gaps.push({
			index,
			key: "the whole entry",
			hint: "it is not a plain mapping"
		});
		above = (0, import_dist.isMap)(item) && !isSelected ? joined(item.comment) : void 0;
	}
	if (result.items.length === 0) return void 0;
	removeSecretComments(result, list);
	return {
		items: new import_dist.Document(result, { schema: "failsafe" }).toString({ lineWidth: 0 }),
		mappings: conversions.map(({ index, mapping }) => ({
			index,
			...mapping
		})),
		gaps,
		withReference: conversions.flatMap(({ index, refersToSecret }) => refersToSecret ? [index] : [])
	};
}

export { convertProviders };