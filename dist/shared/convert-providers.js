import { t as require_dist } from "./dist.js";
import { t as createMasker } from "./redaction.js";
import { t as authProviderOf } from "./provider-mapping.js";
import { createHash } from "node:crypto";

// src/mas/convert-claims.ts
var import_dist = require_dist();
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
var ClaimsImports = class {
	claims = /* @__PURE__ */ new Map();
	gap;
	constructor(gap) {
		this.gap = gap;
	}
	add(provider) {
		if (!(0, import_dist.isMap)(provider)) {
			this.gap("user_mapping_provider", "it is no plain mapping");
			return;
		}
		if (provider.has("module")) {
			this.gap("user_mapping_provider.module", "MAS maps by templates only");
			return;
		}
		const config = provider.get("config", true);
		if (!(0, import_dist.isMap)(config)) return;
		for (const pair of config.items) this.convert(pair);
		const confirms = config.get("confirm_localpart");
		if (typeof confirms === "string" && /^(?:true|yes|on)$/i.test(confirms)) this.suggestAll();
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
			if (claim) add(result, name, claim);
		}
		return result;
	}
	convert({ key, value }) {
		const name = (0, import_dist.isScalar)(key) ? String(key.value) : "";
		const comment = (0, import_dist.isScalar)(key) ? key.commentBefore : void 0;
		const claim = templates[name];
		if (name === "confirm_localpart") return;
		if (name === "subject_claim" && (0, import_dist.isScalar)(value)) this.set("subject", raw(`{{ user.${String(value.value)} }}`, value), comment);
		else if (claim !== void 0 && (0, import_dist.isScalar)(value)) {
			const text = String(value.value);
			if (text.includes("localpart_from_email")) this.gap(`user_mapping_provider.config.${name}`, "the filter localpart_from_email: write (user.email | split('@'))[0] instead");
			this.set(claim, raw(text, value), comment);
		} else this.gap(`user_mapping_provider.config.${name}`);
	}
	set(claim, template, comment) {
		const entry = new import_dist.YAMLMap();
		if (claim !== "subject") add(entry, "action", new import_dist.Scalar(actions[claim]));
		add(entry, "template", template);
		if (comment) entry.commentBefore = comment;
		this.claims.set(claim, entry);
	}
	suggestAll() {
		for (const [name, entry] of this.claims) if (name !== "subject") entry.set("action", new import_dist.Scalar("suggest"));
	}
};
function add(map, key, value) {
	map.items.push(new import_dist.Pair(new import_dist.Scalar(key), value));
}
function raw(template, source) {
	const isProtected = source.tag === "!unsafe" || /\{%-?\s*raw/.test(template) || !template.includes("{{");
	const result = new import_dist.Scalar(isProtected ? template : `{% raw %}${template}{% endraw %}`);
	result.type = import_dist.Scalar.QUOTE_DOUBLE;
	if (source.tag === "!unsafe") result.tag = "!unsafe";
	if (source.comment) result.comment = source.comment;
	return result;
}

// src/mas/convert-secrets.ts
const synapseProvidersVariable = "matrix_synapse_oidc_providers";
function clientSecret(value, index) {
	if ((0, import_dist.isScalar)(value) && (value.tag === "!vault" || isReference(value.value))) {
		const kept = new import_dist.Scalar(value.value);
		Object.assign(kept, {
			tag: value.tag,
			type: value.type
		});
		return kept;
	}
	const reference = new import_dist.Scalar(`{{ ${synapseProvidersVariable}[${index}].client_secret }}`);
	reference.type = import_dist.Scalar.QUOTE_DOUBLE;
	reference.comment = ` move the secret itself here before ${synapseProvidersVariable} goes`;
	return reference;
}
function withoutSecrets(text, list) {
	const { mask } = createMasker(list.items.flatMap((item) => {
		const value = (0, import_dist.isMap)(item) ? item.get("client_secret") : void 0;
		return typeof value === "string" && !isReference(value) ? [value] : [];
	}));
	return text.replaceAll(/(^|[ \t])#(.*)$/gm, (_, before, comment) => `${before}#${maskTokens(mask(comment))}`);
}
function maskTokens(comment) {
	return comment.replaceAll(/\S{16,}/g, (word) => /\d/.test(word) && /[A-Za-z]/.test(word) && !word.includes("://") ? "***" : word);
}
function isReference(value) {
	return typeof value === "string" && /^\{\{[\w\s.[\]|]+\}\}$/.test(value);
}

// src/mas/convert-providers.ts
const masVariable = "matrix_authentication_service_config_upstream_oauth2_providers";
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
const nothing = "MAS has nothing like it";
const hints = {
	client_secret_jwt_key: "for Apple, `sign_in_with_apple` takes the key; for others `private_key_jwt` signs with the keys of MAS",
	attribute_requirements: `${nothing}: who may log in is for the provider to decide`,
	enable_registration: "`registration_token_required: true` is near, and is set here",
	client_secret_path: "it became `client_secret_file`; the file must be where the container of MAS sees it"
};
function proposeProviders(text) {
	const source = (0, import_dist.parseDocument)(text, {
		schema: "failsafe",
		version: "1.1",
		uniqueKeys: false,
		logLevel: "silent"
	});
	const list = (0, import_dist.isMap)(source.contents) ? source.contents.get(synapseProvidersVariable, true) : void 0;
	if (source.errors.length > 0 || !(0, import_dist.isSeq)(list) || list.items.length === 0) return void 0;
	const result = new import_dist.YAMLSeq();
	const gaps = [];
	for (const [index, item] of list.items.entries()) {
		if ((0, import_dist.isMap)(item)) {
			if (index === 0) item.commentBefore = joined(list.commentBefore, item.commentBefore);
			result.items.push(new Conversion(item, index, gaps).run());
		}
		if (!(0, import_dist.isMap)(item)) gaps.push({
			provider: String(index + 1),
			key: "all of it",
			hint: "it is no plain mapping"
		});
	}
	if (result.items.length === 0) return void 0;
	const root = new import_dist.YAMLMap();
	root.items.push(new import_dist.Pair(new import_dist.Scalar(masVariable), result));
	const document = new import_dist.Document(root, { schema: "failsafe" });
	return {
		text: withoutSecrets(document.toString({ lineWidth: 0 }), list),
		gaps
	};
}
function joined(...comments) {
	return comments.filter(Boolean).join("\n") || null;
}
var Conversion = class {
	source;
	index;
	gaps;
	name;
	result = new import_dist.YAMLMap();
	claims;
	comments = /* @__PURE__ */ new Map();
	mergesExisting = false;
	constructor(source, index, gaps) {
		this.source = source;
		this.index = index;
		this.gaps = gaps;
		this.name = this.text("idp_id") ?? String(index + 1);
		this.claims = new ClaimsImports((key, hint) => this.gap(key, hint));
	}
	run() {
		const { commentBefore, comment, spaceBefore } = this.source;
		Object.assign(this.result, {
			commentBefore,
			comment,
			spaceBefore
		});
		this.set("id", new import_dist.Scalar(this.id()));
		this.set("synapse_idp_id", new import_dist.Scalar(authProviderOf(this.text("idp_id"))));
		for (const pair of this.source.items) this.convert(pair);
		this.addDefaults();
		if (this.mergesExisting) {
			const isSet = this.claims.mergeExisting();
			const near = "`localpart.on_conflict: add` is near";
			this.gap("allow_existing_users", isSet ? `${near}, and is set here` : `${near}, and needs the action \`require\``);
		}
		const claims = this.claims.result();
		if (claims) this.set("claims_imports", claims);
		this.writeComments();
		return this.result;
	}
	convert({ key, value }) {
		const name = (0, import_dist.isScalar)(key) ? String(key.value) : "";
		const same = renamed[name];
		if (holdsCredentials(value)) {
			this.gap(name, "its address holds a password");
			return;
		}
		if (same !== void 0) {
			this.set(same, value, key);
			return;
		}
		switch (name) {
			case "idp_id":
				this.keepComment("synapse_idp_id", key, value);
				return;
			case "client_secret":
				this.set("client_secret", clientSecret(value, this.index));
				return;
			case "client_secret_path":
				this.gap(name);
				this.set("client_secret_file", value, key);
				return;
			case "scopes":
				this.scopes(value, key);
				return;
			case "discover":
			case "skip_verification":
				this.keepComment("discovery_mode", key, value);
				return;
			case "user_profile_method":
				this.keepComment("fetch_userinfo", key, value);
				return;
			case "backchannel_logout_enabled":
				this.set("on_backchannel_logout", new import_dist.Scalar(isTrue(value) ? "logout_all" : "do_nothing"), key);
				return;
			case "additional_authorization_parameters":
				this.parameters(value, key);
				return;
			case "user_mapping_provider":
				this.claims.add(value);
				return;
			case "allow_existing_users":
				this.mergesExisting = isTrue(value);
				return;
			case "enable_registration":
				if (!isTrue(value)) {
					this.gap(name);
					this.set("registration_token_required", new import_dist.Scalar("true"), key);
				}
				return;
			default: this.gap(name);
		}
	}
	addDefaults() {
		const hasSecret = this.result.has("client_secret") || this.result.has("client_secret_file");
		if (!this.result.has("token_endpoint_auth_method")) this.set("token_endpoint_auth_method", new import_dist.Scalar(hasSecret ? "client_secret_basic" : "none"));
		if (!this.result.has("scope")) this.set("scope", new import_dist.Scalar("openid"));
		const discovery = this.has("discover") && !isTrue(this.source.get("discover", true)) ? "disabled" : "oidc";
		const insecure = isTrue(this.source.get("skip_verification", true));
		if (discovery === "disabled" || insecure) this.set("discovery_mode", new import_dist.Scalar(discovery === "oidc" ? "insecure" : discovery));
		const scope = this.result.get("scope");
		if (this.text("user_profile_method") === "userinfo_endpoint" || typeof scope === "string" && !scope.includes("{") && !/\bopenid\b/.test(scope)) this.set("fetch_userinfo", new import_dist.Scalar("true"));
		const signs = !this.result.has("fetch_userinfo") || typeof scope === "string" && /\bopenid\b/.test(scope);
		if (discovery === "disabled" && signs && !this.result.has("jwks_uri")) this.gap("discover", "without discovery MAS needs a `jwks_uri`, which is not given");
	}
	keepComment(target, key, value) {
		const texts = [(0, import_dist.isScalar)(key) ? key.commentBefore : void 0, (0, import_dist.isScalar)(value) ? value.comment : void 0];
		const known = this.comments.get(target) ?? [];
		this.comments.set(target, [...known, ...texts.filter((text) => typeof text === "string")]);
	}
	writeComments() {
		for (const [target, texts] of this.comments) {
			if (texts.length === 0) continue;
			const pair = this.result.items.find(({ key }) => (0, import_dist.isScalar)(key) && key.value === target);
			const node = (0, import_dist.isScalar)(pair?.key) ? pair.key : void 0;
			if (node) node.commentBefore = texts.join("\n");
			else this.addComment(texts.join("\n"));
		}
		const gaps = this.gaps.filter(({ provider }) => provider === this.name);
		if (gaps.length > 0) this.addComment(gaps.map(({ key, hint }) => ` ${key} of Synapse: ${hint.replaceAll("`", "")}`).join("\n"));
	}
	addComment(text) {
		this.result.commentBefore = [this.result.commentBefore, text].filter(Boolean).join("\n");
	}
	set(name, value, source) {
		const key = new import_dist.Scalar(name);
		if ((0, import_dist.isScalar)(source)) Object.assign(key, { commentBefore: source.commentBefore });
		this.result.items.push(new import_dist.Pair(key, value));
	}
	scopes(value, key) {
		const words = (0, import_dist.isSeq)(value) ? value.items.map((item) => (0, import_dist.isScalar)(item) ? String(item.value) : "") : [];
		if (!(0, import_dist.isSeq)(value) || words.some((word) => word === "")) {
			this.gap("scopes", "its words cannot be told");
			return;
		}
		const scope = new import_dist.Scalar(words.join(" "));
		scope.type = import_dist.Scalar.QUOTE_DOUBLE;
		this.set("scope", scope, key);
	}
	parameters(value, key) {
		if (!(0, import_dist.isMap)(value)) {
			this.set("additional_authorization_parameters", value, key);
			return;
		}
		const mode = value.get("response_mode", true);
		value.delete("response_mode");
		if (mode) this.set("response_mode", mode);
		if (value.items.length > 0) this.set("additional_authorization_parameters", value, key);
	}
	gap(key, hint = hints[key] ?? nothing) {
		this.gaps.push({
			provider: this.name,
			key,
			hint
		});
	}
	has(key) {
		return this.source.has(key);
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
function isTrue(value) {
	return (0, import_dist.isScalar)(value) && /^(?:true|yes|on)$/i.test(String(value.value));
}
function holdsCredentials(value) {
	return (0, import_dist.isScalar)(value) && /:\/\/[^/]*@/.test(String(value.value));
}

export { proposeProviders };
//# sourceMappingURL=convert-providers.js.map