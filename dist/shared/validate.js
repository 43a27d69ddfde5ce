import { n as pageOfRule, t as bySeverity } from "./finding.js";
import { a as inProgressVariable, c as toJson, i as enabledVariable, l as truthOf, n as limitHosts, o as entryOf, r as desiredStage, s as partAt, t as readInventory } from "./read-inventory.js";
import { t as planFor } from "./plan.js";
import { a as wellKnown, i as element, n as delegation, t as closed } from "./traps.js";

// src/domain/stage.ts
const actualStages = [
	"absent",
	"installed",
	"partial",
	"migrated",
	"live",
	"inconsistent"
];

// src/migration/outlook.ts
const settled = {
	off: "absent",
	prepared: "installed",
	live: "live"
};
const actions = {
	nothing: "does nothing",
	deploy: "deploys the playbook",
	migrate: "migrates the accounts to MAS",
	resume: "goes on with the unfinished migration",
	repair: "first repairs what a dead migration left",
	"roll-back": "rolls back to the login of Synapse",
	refuse: "is refused"
};
function outlookFor(before, after) {
	const plans = actualStages.map((actual) => ({
		actual,
		plan: planFor({
			before: before ?? after,
			after,
			actual
		})
	}));
	const byActual = plans.map(({ actual, plan }) => ({
		actual,
		plan: plan.kind,
		why: plan.why
	}));
	const refusals = plans.map(({ plan }) => plan).filter((plan) => plan.kind === "refuse");
	if (after === "unknown" || before === "unknown" || refusals.length === plans.length) return {
		expected: "refuse",
		sentence: `Merging is refused: ${refusals[0]?.why ?? ""}`,
		byActual
	};
	const expectedStage = settled[before ?? after];
	const expected = plans.find(({ actual }) => actual === expectedStage);
	if (!expected) return {
		expected: "unknown",
		sentence: othersSentence("Merging", plans),
		byActual
	};
	const others = plans.filter(({ plan }) => plan.kind !== expected.plan.kind);
	const sentence = `${mainSentence(expected.plan, expected.actual, before)}${others.length > 0 ? ` ${othersSentence("It", others)}` : ""}`;
	return {
		expected: expected.plan.kind,
		sentence,
		byActual
	};
}
function mainSentence(plan, actual, before) {
	const condition = `where the server is \`${actual}\`, as ${before === void 0 ? "these vars say" : "the vars of the base say"}`;
	if (plan.kind === "refuse") return `Merging is refused ${condition}: ${plan.why}`;
	return `Merging ${actions[plan.kind]} ${condition}.`;
}
function othersSentence(subject, plans) {
	const byKind = /* @__PURE__ */ new Map();
	for (const { actual, plan } of plans) byKind.set(plan.kind, [...byKind.get(plan.kind) ?? [], actual]);
	return `${subject} ${[...byKind].map(([kind, stages]) => `${actions[kind]} where it is ${stages.map((stage) => `\`${stage}\``).join(" or ")}`).join(", and ")}.`;
}

// src/rules/fix.ts
function isPlain({ source, namePlace }) {
	return (source === "host_vars" || source === "group_vars") && !namePlace.file.endsWith(".json");
}
function beginsItsLine(definition) {
	return isPlain(definition) && definition.namePlace.column === 1;
}
function replaceValue(definition, text) {
	if (!definition || !isPlain(definition)) return void 0;
	const { place, kind } = definition.value;
	if (kind === "null" && place.column === place.endColumn) return void 0;
	return place.line === place.endLine ? {
		place,
		text
	} : void 0;
}
function removeVariable(definition) {
	if (!definition || !beginsItsLine(definition)) return void 0;
	const { namePlace, value } = definition;
	const { endLine = value.place.line, endColumn = value.place.column } = value.place;
	const next = endColumn === 1 && endLine > namePlace.line ? endLine : endLine + 1;
	return {
		place: {
			file: namePlace.file,
			line: namePlace.line,
			column: 1,
			endLine: next,
			endColumn: 1
		},
		text: ""
	};
}
function linesBefore(definition, lines) {
	if (!definition || !beginsItsLine(definition)) return void 0;
	return {
		place: startOfLine(definition.namePlace),
		text: lines.map((line) => `${line}\n`).join("")
	};
}
function startOfLine({ file, line }) {
	return {
		file,
		line,
		column: 1,
		endLine: line,
		endColumn: 1
	};
}
function withFix(suggestion) {
	return suggestion ? { suggestion } : {};
}

// src/rules/rule.ts
function defineRule(rule) {
	return rule;
}
function applies({ stages, dialects, needs }, { stage, checkout, base }) {
	if (!stages.includes(stage.stage)) return false;
	if (needs === "checkout" && !checkout) return false;
	if (needs === "base" && !base) return false;
	return !checkout || !dialects || dialects.includes(checkout.dialect);
}
function findingOf(rule, offence, host) {
	const { id, severity, why } = rule;
	const { message, place, suggestion, remedy = rule.remedy } = offence;
	return {
		id,
		severity,
		message,
		...place && { place },
		...host !== void 0 && { host },
		why,
		remedy,
		...suggestion && { suggestion },
		page: pageOfRule(id)
	};
}

// src/rules/stages.ts
const live = `${enabledVariable}: true\n`;
const prepared = `${live}${inProgressVariable}: true\n`;
const off = `${enabledVariable}: false\n`;

// src/rules/switches.ts
function switchAt(host, name) {
	const { value, definition } = host.variable(name);
	if (!definition || definition.source.startsWith("playbook_")) return { state: "absent" };
	const truth = truthOf(value);
	if (typeof truth !== "boolean") return {
		state: "unclear",
		place: value.place,
		definition
	};
	return {
		state: truth ? "on" : "off",
		place: value.place,
		definition
	};
}

// src/rules/mas/trap-rules.ts
function openRule(trap) {
	const { variable, open } = trap;
	const others = closed.replace(`${variable}: false\n`, "");
	return defineRule({
		...open,
		stages: ["prepared"],
		...trap.dialects && { dialects: trap.dialects },
		remedy: `Add \`${variable}: false\` now, and remove it again in the change that migrates.`,
		examples: {
			wrong: [
				prepared,
				`${prepared}${others}`,
				`${prepared}${others}${variable}: true`
			],
			right: [
				`${prepared}${closed}`,
				`${prepared}${variable}: "{{ ${enabledVariable} and not ${inProgressVariable} }}"`,
				live,
				...trap.unless ? [`${prepared}${trap.unless}: false`] : [],
				{
					vars: prepared,
					checkout: { dialect: "mas-cli" }
				},
				...trap.dialects ? [{
					vars: prepared,
					checkout: { dialect: "syn2mas-tool" }
				}] : []
			]
		},
		check: (context) => openOffences(trap, context)
	});
}
function openOffences({ variable, unless }, { host, stage, checkout }) {
	if (checkout && !checkout.traps.includes(variable)) return [];
	if (unless && switchAt(host, unless).state === "off") return [];
	const { state, place, definition } = switchAt(host, variable);
	if (state === "off" || state === "unclear") return [];
	if (state === "on") return [{
		message: `\`${variable}\` must be \`false\` while MAS is prepared`,
		...place && { place },
		...withFix(replaceValue(definition, "false"))
	}];
	const message = `\`${variable}: false\` is missing while MAS is prepared`;
	if (!stage.place) return [{ message }];
	const deciding = host.variable(inProgressVariable).definition;
	return [{
		message,
		place: stage.place,
		...withFix(linesBefore(deciding, [`${variable}: false`]))
	}];
}
function leftOverRule(trap) {
	const { variable, leftOver } = trap;
	return defineRule({
		...leftOver,
		stages: ["live"],
		...trap.dialects && { dialects: trap.dialects },
		remedy: `Remove the line \`${variable}: false\`.`,
		examples: {
			wrong: [`${live}${variable}: false`, `${live}${closed}`],
			right: [
				live,
				`${live}${variable}: true`,
				`${prepared}${closed}`,
				`${live}${variable}: "{{ x }}"`
			]
		},
		check: ({ host }) => {
			const { state, place, definition } = switchAt(host, variable);
			if (state !== "off") return [];
			return [{
				message: `\`${variable}\` is still \`false\` while MAS is live`,
				...place && { place },
				...withFix(removeVariable(definition))
			}];
		}
	});
}

// src/rules/mas/delegation-held-back-while-live.ts
const delegationHeldBackWhileLive = leftOverRule(delegation);

// src/rules/mas/delegation-while-prepared.ts
const delegationWhilePrepared = openRule(delegation);

// src/rules/mas/element-held-back-while-live.ts
const elementHeldBackWhileLive = leftOverRule(element);

// src/rules/mas/element-while-prepared.ts
const elementWhilePrepared = openRule(element);

// src/rules/mas/encryption-secret.ts
const encryptionSecretVariable = "matrix_authentication_service_config_secrets_encryption";
const inventedSecret = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

// src/rules/mas/encryption-secret-format.ts
const encryptionSecretFormat = defineRule({
	id: "mas/encryption-secret-format",
	severity: "error",
	stages: ["prepared", "live"],
	why: "MAS reads it as 32 bytes in hexadecimal and does not start with anything else. The playbook counts characters only, so it would not notice.",
	remedy: "Use the output of `openssl rand -hex 32`, in quotes: YAML takes digits alone for a number. On a host that is live already, change it only with care: MAS can no longer read what it encrypted with the old one.",
	examples: {
		wrong: [
			`${live}${encryptionSecretVariable}: too-short`,
			`${live}${encryptionSecretVariable}: ${inventedSecret}0`,
			`${live}${encryptionSecretVariable}: ${inventedSecret.replace("f", "g")}`,
			`${live}${encryptionSecretVariable}: ${"1".repeat(64)}`,
			`${live}${encryptionSecretVariable}: ["${inventedSecret}"]`
		],
		right: [
			`${live}${encryptionSecretVariable}: ${inventedSecret}`,
			`${live}${encryptionSecretVariable}: ${inventedSecret.toUpperCase()}`,
			`${live}${encryptionSecretVariable}: "${"1".repeat(64)}"`,
			`${live}${encryptionSecretVariable}: ''`,
			`${live}${encryptionSecretVariable}: "{{ vault_mas_encryption }}"`,
			`${encryptionSecretVariable}: short, and MAS is not enabled`
		]
	},
	check: ({ host }) => {
		const { value } = host.variable(encryptionSecretVariable);
		if (!value || value.kind === "unknown" || value.kind === "vault" || value.kind === "null") return [];
		const { place } = value;
		if (value.kind !== "string") {
			const what = value.kind === "integer" ? "digits only, which YAML takes for a number" : "no text";
			return [{
				message: `\`${encryptionSecretVariable}\` is ${what}`,
				place
			}];
		}
		if (value.value === "" || /^[0-9a-fA-F]{64}$/.test(value.value)) return [];
		const length = [...value.value].length;
		return [{
			message: length === 64 ? `\`${encryptionSecretVariable}\` has 64 characters, not all of them hexadecimal digits` : `\`${encryptionSecretVariable}\` has ${length} characters instead of 64 hexadecimal digits`,
			place
		}];
	}
});

// src/rules/mas/encryption-secret-missing.ts
const encryptionSecretMissing = defineRule({
	id: "mas/encryption-secret-missing",
	severity: "error",
	stages: ["prepared", "live"],
	why: "MAS encrypts cookies and its upstream secrets with it; the playbook refuses to install MAS without one.",
	remedy: `Add ${encryptionSecretVariable} with the output of \`openssl rand -hex 32\`, best in an Ansible Vault.`,
	examples: {
		wrong: [
			live,
			`${live}${encryptionSecretVariable}: ''`,
			`${live}${encryptionSecretVariable}:`
		],
		right: [
			`${live}${encryptionSecretVariable}: ${inventedSecret}`,
			`${live}${encryptionSecretVariable}: "{{ vault_mas_encryption }}"`,
			`${live}${encryptionSecretVariable}: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162`,
			"matrix_authentication_service_enabled: false"
		]
	},
	check: ({ host, stage }) => {
		const variable = host.variable(encryptionSecretVariable);
		if (variable.state === "absent") return [{
			message: `MAS is enabled and \`${encryptionSecretVariable}\` is not set`,
			...stage.place && { place: stage.place }
		}];
		const { value } = variable;
		return value?.kind === "null" || value?.kind === "string" && value.value === "" ? [{
			message: `\`${encryptionSecretVariable}\` is empty`,
			place: value.place
		}] : [];
	}
});

// src/rules/mas/in-progress-without-mas.ts
const inProgressWithoutMas = defineRule({
	id: "mas/in-progress-without-mas",
	severity: "warning",
	stages: ["off"],
	why: "A migration is said to be in progress towards a MAS that is not enabled. Going back to the login of Synapse keeps MAS enabled: disabling it makes the playbook delete MAS with its signing keys.",
	remedy: `Set \`${enabledVariable}: true\`, or remove \`${inProgressVariable}\`.`,
	examples: {
		wrong: [`${inProgressVariable}: true`, `${enabledVariable}: false\n${inProgressVariable}: true`],
		right: [
			`${live}${inProgressVariable}: true`,
			`${inProgressVariable}: false`,
			`${inProgressVariable}: "{{ x }}"`
		]
	},
	check: ({ host }) => {
		const { state, place } = switchAt(host, inProgressVariable);
		if (state !== "on") return [];
		return [{
			message: `\`${inProgressVariable}\` is true and MAS is not enabled`,
			...place && { place }
		}];
	}
});

// src/rules/mas/stage.ts
const plainly = `Write \`${enabledVariable}\` and \`${inProgressVariable}\` as plain \`true\` or \`false\`, for the host itself.`;

// src/rules/mas/stage-contradictory.ts
const stageContradictory = defineRule({
	id: "mas/stage-contradictory",
	severity: "error",
	stages: ["unknown"],
	why: "The playbook asks for the same variable in two ways, and for such a value the answers differ: the text `\"false\"` counts as true in one place and as false in another.",
	remedy: `${plainly} Without quotes.`,
	examples: {
		wrong: [
			`${enabledVariable}: "false"`,
			`${enabledVariable}: enabled`,
			`${enabledVariable}: 2`,
			`${live}${inProgressVariable}: "no"`,
			`${live}${inProgressVariable}: [true]`
		],
		right: [
			`${enabledVariable}: no`,
			`${enabledVariable}: off`,
			`${live}${inProgressVariable}: 'true'`,
			`${live}${inProgressVariable}: 1`,
			`${live}${inProgressVariable}:`
		]
	},
	check: ({ stage }) => stage.trouble === "contradictory" ? [{
		message: stage.reason,
		...stage.place && { place: stage.place }
	}] : []
});

// src/rules/mas/stage-overruled.ts
const stageOverruled = defineRule({
	id: "mas/stage-overruled",
	severity: "error",
	stages: ["unknown"],
	why: "Ansible prefers the `group_vars/matrix_servers` beside the playbook to groups of the inventory, and there MAS is off: the line has no effect.",
	remedy: "Move the line into `host_vars` of the host.",
	examples: {
		wrong: [{
			vars: "a: 1",
			files: { "inventory/group_vars/matrix_servers.yml": live }
		}, {
			vars: "a: 1",
			files: { "inventory/group_vars/all/mas.yml": live }
		}],
		right: [{
			vars: live,
			files: { "inventory/group_vars/matrix_servers.yml": live }
		}]
	},
	check: ({ stage }) => stage.trouble === "overruled" ? [{
		message: stage.reason,
		...stage.place && { place: stage.place }
	}] : []
});

// src/rules/mas/stage-unknown.ts
const stageUnknown = defineRule({
	id: "mas/stage-unknown",
	severity: "error",
	stages: ["unknown"],
	why: "Which stage a host is to be in decides whether accounts are migrated. What cannot be told from the repository is never guessed, so nothing is deployed.",
	remedy: plainly,
	examples: {
		wrong: [
			`${enabledVariable}: "{{ use_mas }}"`,
			`${live}${inProgressVariable}: "{{ migrating }}"`,
			`${enabledVariable}: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162`,
			{
				vars: "matrix_domain: example.test",
				files: { "inventory/host_vars/matrix.example.test/vault.yml": "$ANSIBLE_VAULT;1.1;AES256\n6162\n" }
			}
		],
		right: [
			live,
			"matrix_domain: example.test",
			`${enabledVariable}: false`,
			{
				vars: `${enabledVariable}: false`,
				files: { "inventory/host_vars/matrix.example.test/vault.yml": "$ANSIBLE_VAULT;1.1;AES256\n6162\n" }
			}
		]
	},
	check: ({ stage }) => stage.trouble === "hidden" ? [{
		message: `the stage cannot be told: ${stage.reason}`,
		...stage.place && { place: stage.place }
	}] : []
});

// src/rules/mas/well-known-held-back-while-live.ts
const wellKnownHeldBackWhileLive = leftOverRule(wellKnown);

// src/rules/mas/well-known-while-prepared.ts
const wellKnownWhilePrepared = openRule(wellKnown);

// src/rules/mas/family.ts
const masRules = [
	stageUnknown,
	stageOverruled,
	stageContradictory,
	inProgressWithoutMas,
	encryptionSecretMissing,
	encryptionSecretFormat,
	delegationWhilePrepared,
	wellKnownWhilePrepared,
	elementWhilePrepared,
	delegationHeldBackWhileLive,
	wellKnownHeldBackWhileLive,
	elementHeldBackWhileLive
];

// src/rules/providers/providers.ts
const providersVariable = "matrix_authentication_service_config_upstream_oauth2_providers";
function providerList(...lines) {
	return `${live}${providersVariable}:\n  - ${lines.join("\n    ")}\n`;
}
const id = "id: 01HFVBY12TMNTYTBV8W921M5FA";
const issuer = "issuer: https://idp.example.test/";
const client = [
	"client_id: mas",
	"client_secret: invented",
	"token_endpoint_auth_method: client_secret_basic"
];
const whole = [
	id,
	issuer,
	...client
];
function providersOf({ host }) {
	const { value } = host.variable(providersVariable);
	return value === void 0 || value.kind === "unknown" || value.kind === "vault" || value.kind === "null" ? void 0 : value;
}

// src/rules/providers/upstream-provider.validator.generated.ts
const validate$1 = validate10;
const schema12 = {
	"type": "object",
	"required": [
		"id",
		"client_id",
		"token_endpoint_auth_method"
	],
	"properties": {
		"enabled": { "$ref": "#/definitions/switch" },
		"id": {
			"type": "string",
			"pattern": "^[0-7][0-9A-HJKMNP-TV-Z]{25}$"
		},
		"synapse_idp_id": { "$ref": "#/definitions/text" },
		"issuer": { "$ref": "#/definitions/url" },
		"human_name": { "$ref": "#/definitions/text" },
		"brand_name": { "$ref": "#/definitions/text" },
		"client_id": {
			"type": "string",
			"pattern": "."
		},
		"client_secret": { "$ref": "#/definitions/text" },
		"client_secret_file": { "$ref": "#/definitions/text" },
		"token_endpoint_auth_method": { "enum": [
			"none",
			"client_secret_basic",
			"client_secret_post",
			"client_secret_jwt",
			"private_key_jwt",
			"sign_in_with_apple"
		] },
		"token_endpoint_auth_signing_alg": { "$ref": "#/definitions/algorithm" },
		"sign_in_with_apple": {
			"type": ["object", "null"],
			"required": ["team_id", "key_id"],
			"properties": {
				"team_id": { "type": "string" },
				"key_id": { "type": "string" },
				"private_key": { "$ref": "#/definitions/text" },
				"private_key_file": { "$ref": "#/definitions/text" }
			},
			"additionalProperties": false
		},
		"id_token_signed_response_alg": { "$ref": "#/definitions/algorithm" },
		"scope": { "type": ["string", "null"] },
		"discovery_mode": { "enum": [
			"oidc",
			"insecure",
			"disabled",
			null
		] },
		"pkce_method": { "enum": [
			"auto",
			"always",
			"never",
			null
		] },
		"fetch_userinfo": { "$ref": "#/definitions/switch" },
		"userinfo_signed_response_alg": { "$ref": "#/definitions/algorithm" },
		"authorization_endpoint": { "$ref": "#/definitions/url" },
		"token_endpoint": { "$ref": "#/definitions/url" },
		"userinfo_endpoint": { "$ref": "#/definitions/url" },
		"jwks_uri": { "$ref": "#/definitions/url" },
		"response_mode": { "enum": [
			"query",
			"form_post",
			null
		] },
		"additional_authorization_parameters": {
			"type": ["object", "null"],
			"additionalProperties": { "type": "string" }
		},
		"forward_login_hint": { "$ref": "#/definitions/switch" },
		"on_backchannel_logout": { "enum": [
			"do_nothing",
			"logout_browser_only",
			"logout_all",
			null
		] },
		"registration_token_required": { "$ref": "#/definitions/switch" },
		"claims_imports": {
			"type": ["object", "null"],
			"properties": {
				"subject": { "$ref": "#/definitions/template" },
				"account_name": { "$ref": "#/definitions/template" },
				"skip_confirmation": { "$ref": "#/definitions/switch" },
				"localpart": {
					"type": ["object", "null"],
					"properties": {
						"template": { "$ref": "#/definitions/text" },
						"action": { "$ref": "#/definitions/action" },
						"on_conflict": { "enum": [
							"fail",
							"add",
							"replace",
							"set",
							null
						] }
					},
					"additionalProperties": false
				},
				"displayname": { "$ref": "#/definitions/claim" },
				"email": {
					"type": ["object", "null"],
					"properties": {
						"template": { "$ref": "#/definitions/text" },
						"action": { "$ref": "#/definitions/action" },
						"set_email_verification": { "enum": [
							"always",
							"never",
							"import",
							null
						] }
					},
					"additionalProperties": false
				}
			},
			"additionalProperties": false
		}
	},
	"additionalProperties": false,
	"allOf": [
		{
			"if": {
				"required": ["token_endpoint_auth_method"],
				"properties": { "token_endpoint_auth_method": { "enum": [
					"client_secret_basic",
					"client_secret_post",
					"client_secret_jwt"
				] } }
			},
			"then": { "anyOf": [{ "required": ["client_secret"] }, { "required": ["client_secret_file"] }] }
		},
		{
			"if": {
				"required": ["token_endpoint_auth_method"],
				"properties": { "token_endpoint_auth_method": { "enum": ["client_secret_jwt", "private_key_jwt"] } }
			},
			"then": { "required": ["token_endpoint_auth_signing_alg"] }
		},
		{
			"if": {
				"required": ["token_endpoint_auth_method"],
				"properties": { "token_endpoint_auth_method": { "enum": ["sign_in_with_apple"] } }
			},
			"then": { "required": ["sign_in_with_apple"] }
		},
		{
			"if": { "not": { "required": ["discovery_mode"] } },
			"then": { "required": ["issuer"] }
		},
		{
			"if": {
				"required": ["discovery_mode"],
				"properties": { "discovery_mode": { "enum": ["oidc", "insecure"] } }
			},
			"then": { "required": ["issuer"] }
		},
		{
			"if": {
				"required": ["discovery_mode"],
				"properties": { "discovery_mode": { "enum": ["disabled"] } }
			},
			"then": { "required": [
				"authorization_endpoint",
				"token_endpoint",
				"jwks_uri"
			] }
		}
	]
};
const schema13 = { "type": ["boolean", "null"] };
const schema14 = { "type": ["string", "null"] };
const schema15 = {
	"type": ["string", "null"],
	"pattern": "^https?://[^\\s/]+"
};
const schema20 = { "enum": [
	"HS256",
	"HS384",
	"HS512",
	"RS256",
	"RS384",
	"RS512",
	"PS256",
	"PS384",
	"PS512",
	"ES256",
	"ES384",
	"ES512",
	"ES256K",
	"EdDSA",
	null
] };
const schema36 = { "enum": [
	"ignore",
	"suggest",
	"force",
	"require",
	null
] };
const func2 = Object.prototype.hasOwnProperty;
const pattern0 = /* @__PURE__ */ new RegExp("^[0-7][0-9A-HJKMNP-TV-Z]{25}$", "u");
const pattern1 = /* @__PURE__ */ new RegExp("^https?://[^\\s/]+", "u");
const pattern2 = /* @__PURE__ */ new RegExp(".", "u");
const schema32 = {
	"type": ["object", "null"],
	"properties": { "template": { "$ref": "#/definitions/text" } },
	"additionalProperties": false
};
function validate12(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
	let vErrors = null;
	let errors = 0;
	if (!(data && typeof data == "object" && !Array.isArray(data)) && data !== null) {
		const err0 = {
			instancePath,
			schemaPath: "#/type",
			keyword: "type",
			params: { type: schema32.type },
			message: "must be object,null"
		};
		if (vErrors === null) vErrors = [err0];
		else vErrors.push(err0);
		errors++;
	}
	if (data && typeof data == "object" && !Array.isArray(data)) {
		for (const key0 in data) if (!(key0 === "template")) {
			const err1 = {
				instancePath,
				schemaPath: "#/additionalProperties",
				keyword: "additionalProperties",
				params: { additionalProperty: key0 },
				message: "must NOT have additional properties"
			};
			if (vErrors === null) vErrors = [err1];
			else vErrors.push(err1);
			errors++;
		}
		if (data.template !== void 0) {
			let data0 = data.template;
			if (typeof data0 !== "string" && data0 !== null) {
				const err2 = {
					instancePath: instancePath + "/template",
					schemaPath: "#/definitions/text/type",
					keyword: "type",
					params: { type: schema14.type },
					message: "must be string,null"
				};
				if (vErrors === null) vErrors = [err2];
				else vErrors.push(err2);
				errors++;
			}
		}
	}
	validate12.errors = vErrors;
	return errors === 0;
}
const schema37 = {
	"type": ["object", "null"],
	"properties": {
		"template": { "$ref": "#/definitions/text" },
		"action": { "$ref": "#/definitions/action" }
	},
	"additionalProperties": false
};
function validate15(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
	let vErrors = null;
	let errors = 0;
	if (!(data && typeof data == "object" && !Array.isArray(data)) && data !== null) {
		const err0 = {
			instancePath,
			schemaPath: "#/type",
			keyword: "type",
			params: { type: schema37.type },
			message: "must be object,null"
		};
		if (vErrors === null) vErrors = [err0];
		else vErrors.push(err0);
		errors++;
	}
	if (data && typeof data == "object" && !Array.isArray(data)) {
		for (const key0 in data) if (!(key0 === "template" || key0 === "action")) {
			const err1 = {
				instancePath,
				schemaPath: "#/additionalProperties",
				keyword: "additionalProperties",
				params: { additionalProperty: key0 },
				message: "must NOT have additional properties"
			};
			if (vErrors === null) vErrors = [err1];
			else vErrors.push(err1);
			errors++;
		}
		if (data.template !== void 0) {
			let data0 = data.template;
			if (typeof data0 !== "string" && data0 !== null) {
				const err2 = {
					instancePath: instancePath + "/template",
					schemaPath: "#/definitions/text/type",
					keyword: "type",
					params: { type: schema14.type },
					message: "must be string,null"
				};
				if (vErrors === null) vErrors = [err2];
				else vErrors.push(err2);
				errors++;
			}
		}
		if (data.action !== void 0) {
			let data1 = data.action;
			if (!(data1 === "ignore" || data1 === "suggest" || data1 === "force" || data1 === "require" || data1 === null)) {
				const err3 = {
					instancePath: instancePath + "/action",
					schemaPath: "#/definitions/action/enum",
					keyword: "enum",
					params: { allowedValues: schema36.enum },
					message: "must be equal to one of the allowed values"
				};
				if (vErrors === null) vErrors = [err3];
				else vErrors.push(err3);
				errors++;
			}
		}
	}
	validate15.errors = vErrors;
	return errors === 0;
}
function validate11(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
	let vErrors = null;
	let errors = 0;
	const _errs2 = errors;
	let valid1 = true;
	const _errs3 = errors;
	if (data && typeof data == "object" && !Array.isArray(data)) {
		if (data.token_endpoint_auth_method === void 0 && "token_endpoint_auth_method") {
			const err0 = {};
			if (vErrors === null) vErrors = [err0];
			else vErrors.push(err0);
			errors++;
		} else if (data.token_endpoint_auth_method !== void 0) {
			let data0 = data.token_endpoint_auth_method;
			if (!(data0 === "client_secret_basic" || data0 === "client_secret_post" || data0 === "client_secret_jwt")) {
				const err1 = {};
				if (vErrors === null) vErrors = [err1];
				else vErrors.push(err1);
				errors++;
			}
		}
	}
	var _valid0 = _errs3 === errors;
	errors = _errs2;
	if (vErrors !== null) {
		if (_errs2) vErrors.length = _errs2;
		else vErrors = null;
	}
	if (_valid0) {
		const _errs5 = errors;
		const _errs6 = errors;
		let valid3 = false;
		const _errs7 = errors;
		if (data && typeof data == "object" && !Array.isArray(data)) {
			if (data.client_secret === void 0) {
				const err2 = {
					instancePath,
					schemaPath: "#/allOf/0/then/anyOf/0/required",
					keyword: "required",
					params: { missingProperty: "client_secret" },
					message: "must have required property 'client_secret'"
				};
				if (vErrors === null) vErrors = [err2];
				else vErrors.push(err2);
				errors++;
			}
		}
		var _valid1 = _errs7 === errors;
		valid3 = valid3 || _valid1;
		if (!valid3) {
			const _errs8 = errors;
			if (data && typeof data == "object" && !Array.isArray(data)) {
				if (data.client_secret_file === void 0) {
					const err3 = {
						instancePath,
						schemaPath: "#/allOf/0/then/anyOf/1/required",
						keyword: "required",
						params: { missingProperty: "client_secret_file" },
						message: "must have required property 'client_secret_file'"
					};
					if (vErrors === null) vErrors = [err3];
					else vErrors.push(err3);
					errors++;
				}
			}
			var _valid1 = _errs8 === errors;
			valid3 = valid3 || _valid1;
		}
		if (!valid3) {
			const err4 = {
				instancePath,
				schemaPath: "#/allOf/0/then/anyOf",
				keyword: "anyOf",
				params: {},
				message: "must match a schema in anyOf"
			};
			if (vErrors === null) vErrors = [err4];
			else vErrors.push(err4);
			errors++;
		} else {
			errors = _errs6;
			if (vErrors !== null) {
				if (_errs6) vErrors.length = _errs6;
				else vErrors = null;
			}
		}
		var _valid0 = _errs5 === errors;
		valid1 = _valid0;
	}
	if (!valid1) {
		const err5 = {
			instancePath,
			schemaPath: "#/allOf/0/if",
			keyword: "if",
			params: { failingKeyword: "then" },
			message: "must match \"then\" schema"
		};
		if (vErrors === null) vErrors = [err5];
		else vErrors.push(err5);
		errors++;
	}
	const _errs10 = errors;
	let valid4 = true;
	const _errs11 = errors;
	if (data && typeof data == "object" && !Array.isArray(data)) {
		if (data.token_endpoint_auth_method === void 0 && "token_endpoint_auth_method") {
			const err6 = {};
			if (vErrors === null) vErrors = [err6];
			else vErrors.push(err6);
			errors++;
		} else if (data.token_endpoint_auth_method !== void 0) {
			let data1 = data.token_endpoint_auth_method;
			if (!(data1 === "client_secret_jwt" || data1 === "private_key_jwt")) {
				const err7 = {};
				if (vErrors === null) vErrors = [err7];
				else vErrors.push(err7);
				errors++;
			}
		}
	}
	var _valid2 = _errs11 === errors;
	errors = _errs10;
	if (vErrors !== null) {
		if (_errs10) vErrors.length = _errs10;
		else vErrors = null;
	}
	if (_valid2) {
		const _errs13 = errors;
		if (data && typeof data == "object" && !Array.isArray(data)) {
			if (data.token_endpoint_auth_signing_alg === void 0) {
				const err8 = {
					instancePath,
					schemaPath: "#/allOf/1/then/required",
					keyword: "required",
					params: { missingProperty: "token_endpoint_auth_signing_alg" },
					message: "must have required property 'token_endpoint_auth_signing_alg'"
				};
				if (vErrors === null) vErrors = [err8];
				else vErrors.push(err8);
				errors++;
			}
		}
		var _valid2 = _errs13 === errors;
		valid4 = _valid2;
	}
	if (!valid4) {
		const err9 = {
			instancePath,
			schemaPath: "#/allOf/1/if",
			keyword: "if",
			params: { failingKeyword: "then" },
			message: "must match \"then\" schema"
		};
		if (vErrors === null) vErrors = [err9];
		else vErrors.push(err9);
		errors++;
	}
	const _errs15 = errors;
	let valid6 = true;
	const _errs16 = errors;
	if (data && typeof data == "object" && !Array.isArray(data)) {
		if (data.token_endpoint_auth_method === void 0 && "token_endpoint_auth_method") {
			const err10 = {};
			if (vErrors === null) vErrors = [err10];
			else vErrors.push(err10);
			errors++;
		} else if (data.token_endpoint_auth_method !== void 0) {
			if (!(data.token_endpoint_auth_method === "sign_in_with_apple")) {
				const err11 = {};
				if (vErrors === null) vErrors = [err11];
				else vErrors.push(err11);
				errors++;
			}
		}
	}
	var _valid3 = _errs16 === errors;
	errors = _errs15;
	if (vErrors !== null) {
		if (_errs15) vErrors.length = _errs15;
		else vErrors = null;
	}
	if (_valid3) {
		const _errs18 = errors;
		if (data && typeof data == "object" && !Array.isArray(data)) {
			if (data.sign_in_with_apple === void 0) {
				const err12 = {
					instancePath,
					schemaPath: "#/allOf/2/then/required",
					keyword: "required",
					params: { missingProperty: "sign_in_with_apple" },
					message: "must have required property 'sign_in_with_apple'"
				};
				if (vErrors === null) vErrors = [err12];
				else vErrors.push(err12);
				errors++;
			}
		}
		var _valid3 = _errs18 === errors;
		valid6 = _valid3;
	}
	if (!valid6) {
		const err13 = {
			instancePath,
			schemaPath: "#/allOf/2/if",
			keyword: "if",
			params: { failingKeyword: "then" },
			message: "must match \"then\" schema"
		};
		if (vErrors === null) vErrors = [err13];
		else vErrors.push(err13);
		errors++;
	}
	const _errs20 = errors;
	let valid8 = true;
	const _errs21 = errors;
	const _errs22 = errors;
	const _errs23 = errors;
	if (data && typeof data == "object" && !Array.isArray(data)) {
		if (data.discovery_mode === void 0 && "discovery_mode") {
			const err14 = {};
			if (vErrors === null) vErrors = [err14];
			else vErrors.push(err14);
			errors++;
		}
	}
	if (_errs23 === errors) {
		const err15 = {};
		if (vErrors === null) vErrors = [err15];
		else vErrors.push(err15);
		errors++;
	} else {
		errors = _errs22;
		if (vErrors !== null) {
			if (_errs22) vErrors.length = _errs22;
			else vErrors = null;
		}
	}
	var _valid4 = _errs21 === errors;
	errors = _errs20;
	if (vErrors !== null) {
		if (_errs20) vErrors.length = _errs20;
		else vErrors = null;
	}
	if (_valid4) {
		const _errs24 = errors;
		if (data && typeof data == "object" && !Array.isArray(data)) {
			if (data.issuer === void 0) {
				const err16 = {
					instancePath,
					schemaPath: "#/allOf/3/then/required",
					keyword: "required",
					params: { missingProperty: "issuer" },
					message: "must have required property 'issuer'"
				};
				if (vErrors === null) vErrors = [err16];
				else vErrors.push(err16);
				errors++;
			}
		}
		var _valid4 = _errs24 === errors;
		valid8 = _valid4;
	}
	if (!valid8) {
		const err17 = {
			instancePath,
			schemaPath: "#/allOf/3/if",
			keyword: "if",
			params: { failingKeyword: "then" },
			message: "must match \"then\" schema"
		};
		if (vErrors === null) vErrors = [err17];
		else vErrors.push(err17);
		errors++;
	}
	const _errs26 = errors;
	let valid10 = true;
	const _errs27 = errors;
	if (data && typeof data == "object" && !Array.isArray(data)) {
		if (data.discovery_mode === void 0 && "discovery_mode") {
			const err18 = {};
			if (vErrors === null) vErrors = [err18];
			else vErrors.push(err18);
			errors++;
		} else if (data.discovery_mode !== void 0) {
			let data3 = data.discovery_mode;
			if (!(data3 === "oidc" || data3 === "insecure")) {
				const err19 = {};
				if (vErrors === null) vErrors = [err19];
				else vErrors.push(err19);
				errors++;
			}
		}
	}
	var _valid5 = _errs27 === errors;
	errors = _errs26;
	if (vErrors !== null) {
		if (_errs26) vErrors.length = _errs26;
		else vErrors = null;
	}
	if (_valid5) {
		const _errs29 = errors;
		if (data && typeof data == "object" && !Array.isArray(data)) {
			if (data.issuer === void 0) {
				const err20 = {
					instancePath,
					schemaPath: "#/allOf/4/then/required",
					keyword: "required",
					params: { missingProperty: "issuer" },
					message: "must have required property 'issuer'"
				};
				if (vErrors === null) vErrors = [err20];
				else vErrors.push(err20);
				errors++;
			}
		}
		var _valid5 = _errs29 === errors;
		valid10 = _valid5;
	}
	if (!valid10) {
		const err21 = {
			instancePath,
			schemaPath: "#/allOf/4/if",
			keyword: "if",
			params: { failingKeyword: "then" },
			message: "must match \"then\" schema"
		};
		if (vErrors === null) vErrors = [err21];
		else vErrors.push(err21);
		errors++;
	}
	const _errs31 = errors;
	let valid12 = true;
	const _errs32 = errors;
	if (data && typeof data == "object" && !Array.isArray(data)) {
		if (data.discovery_mode === void 0 && "discovery_mode") {
			const err22 = {};
			if (vErrors === null) vErrors = [err22];
			else vErrors.push(err22);
			errors++;
		} else if (data.discovery_mode !== void 0) {
			if (!(data.discovery_mode === "disabled")) {
				const err23 = {};
				if (vErrors === null) vErrors = [err23];
				else vErrors.push(err23);
				errors++;
			}
		}
	}
	var _valid6 = _errs32 === errors;
	errors = _errs31;
	if (vErrors !== null) {
		if (_errs31) vErrors.length = _errs31;
		else vErrors = null;
	}
	if (_valid6) {
		const _errs34 = errors;
		if (data && typeof data == "object" && !Array.isArray(data)) {
			if (data.authorization_endpoint === void 0) {
				const err24 = {
					instancePath,
					schemaPath: "#/allOf/5/then/required",
					keyword: "required",
					params: { missingProperty: "authorization_endpoint" },
					message: "must have required property 'authorization_endpoint'"
				};
				if (vErrors === null) vErrors = [err24];
				else vErrors.push(err24);
				errors++;
			}
			if (data.token_endpoint === void 0) {
				const err25 = {
					instancePath,
					schemaPath: "#/allOf/5/then/required",
					keyword: "required",
					params: { missingProperty: "token_endpoint" },
					message: "must have required property 'token_endpoint'"
				};
				if (vErrors === null) vErrors = [err25];
				else vErrors.push(err25);
				errors++;
			}
			if (data.jwks_uri === void 0) {
				const err26 = {
					instancePath,
					schemaPath: "#/allOf/5/then/required",
					keyword: "required",
					params: { missingProperty: "jwks_uri" },
					message: "must have required property 'jwks_uri'"
				};
				if (vErrors === null) vErrors = [err26];
				else vErrors.push(err26);
				errors++;
			}
		}
		var _valid6 = _errs34 === errors;
		valid12 = _valid6;
	}
	if (!valid12) {
		const err27 = {
			instancePath,
			schemaPath: "#/allOf/5/if",
			keyword: "if",
			params: { failingKeyword: "then" },
			message: "must match \"then\" schema"
		};
		if (vErrors === null) vErrors = [err27];
		else vErrors.push(err27);
		errors++;
	}
	if (data && typeof data == "object" && !Array.isArray(data)) {
		if (data.id === void 0) {
			const err28 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "id" },
				message: "must have required property 'id'"
			};
			if (vErrors === null) vErrors = [err28];
			else vErrors.push(err28);
			errors++;
		}
		if (data.client_id === void 0) {
			const err29 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "client_id" },
				message: "must have required property 'client_id'"
			};
			if (vErrors === null) vErrors = [err29];
			else vErrors.push(err29);
			errors++;
		}
		if (data.token_endpoint_auth_method === void 0) {
			const err30 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "token_endpoint_auth_method" },
				message: "must have required property 'token_endpoint_auth_method'"
			};
			if (vErrors === null) vErrors = [err30];
			else vErrors.push(err30);
			errors++;
		}
		for (const key0 in data) if (!func2.call(schema12.properties, key0)) {
			const err31 = {
				instancePath,
				schemaPath: "#/additionalProperties",
				keyword: "additionalProperties",
				params: { additionalProperty: key0 },
				message: "must NOT have additional properties"
			};
			if (vErrors === null) vErrors = [err31];
			else vErrors.push(err31);
			errors++;
		}
		if (data.enabled !== void 0) {
			let data5 = data.enabled;
			if (typeof data5 !== "boolean" && data5 !== null) {
				const err32 = {
					instancePath: instancePath + "/enabled",
					schemaPath: "#/definitions/switch/type",
					keyword: "type",
					params: { type: schema13.type },
					message: "must be boolean,null"
				};
				if (vErrors === null) vErrors = [err32];
				else vErrors.push(err32);
				errors++;
			}
		}
		if (data.id !== void 0) {
			let data6 = data.id;
			if (typeof data6 === "string") {
				if (!pattern0.test(data6)) {
					const err33 = {
						instancePath: instancePath + "/id",
						schemaPath: "#/properties/id/pattern",
						keyword: "pattern",
						params: { pattern: "^[0-7][0-9A-HJKMNP-TV-Z]{25}$" },
						message: "must match pattern \"^[0-7][0-9A-HJKMNP-TV-Z]{25}$\""
					};
					if (vErrors === null) vErrors = [err33];
					else vErrors.push(err33);
					errors++;
				}
			} else {
				const err34 = {
					instancePath: instancePath + "/id",
					schemaPath: "#/properties/id/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err34];
				else vErrors.push(err34);
				errors++;
			}
		}
		if (data.synapse_idp_id !== void 0) {
			let data7 = data.synapse_idp_id;
			if (typeof data7 !== "string" && data7 !== null) {
				const err35 = {
					instancePath: instancePath + "/synapse_idp_id",
					schemaPath: "#/definitions/text/type",
					keyword: "type",
					params: { type: schema14.type },
					message: "must be string,null"
				};
				if (vErrors === null) vErrors = [err35];
				else vErrors.push(err35);
				errors++;
			}
		}
		if (data.issuer !== void 0) {
			let data8 = data.issuer;
			if (typeof data8 !== "string" && data8 !== null) {
				const err36 = {
					instancePath: instancePath + "/issuer",
					schemaPath: "#/definitions/url/type",
					keyword: "type",
					params: { type: schema15.type },
					message: "must be string,null"
				};
				if (vErrors === null) vErrors = [err36];
				else vErrors.push(err36);
				errors++;
			}
			if (typeof data8 === "string") {
				if (!pattern1.test(data8)) {
					const err37 = {
						instancePath: instancePath + "/issuer",
						schemaPath: "#/definitions/url/pattern",
						keyword: "pattern",
						params: { pattern: "^https?://[^\\s/]+" },
						message: "must match pattern \"^https?://[^\\s/]+\""
					};
					if (vErrors === null) vErrors = [err37];
					else vErrors.push(err37);
					errors++;
				}
			}
		}
		if (data.human_name !== void 0) {
			let data9 = data.human_name;
			if (typeof data9 !== "string" && data9 !== null) {
				const err38 = {
					instancePath: instancePath + "/human_name",
					schemaPath: "#/definitions/text/type",
					keyword: "type",
					params: { type: schema14.type },
					message: "must be string,null"
				};
				if (vErrors === null) vErrors = [err38];
				else vErrors.push(err38);
				errors++;
			}
		}
		if (data.brand_name !== void 0) {
			let data10 = data.brand_name;
			if (typeof data10 !== "string" && data10 !== null) {
				const err39 = {
					instancePath: instancePath + "/brand_name",
					schemaPath: "#/definitions/text/type",
					keyword: "type",
					params: { type: schema14.type },
					message: "must be string,null"
				};
				if (vErrors === null) vErrors = [err39];
				else vErrors.push(err39);
				errors++;
			}
		}
		if (data.client_id !== void 0) {
			let data11 = data.client_id;
			if (typeof data11 === "string") {
				if (!pattern2.test(data11)) {
					const err40 = {
						instancePath: instancePath + "/client_id",
						schemaPath: "#/properties/client_id/pattern",
						keyword: "pattern",
						params: { pattern: "." },
						message: "must match pattern \".\""
					};
					if (vErrors === null) vErrors = [err40];
					else vErrors.push(err40);
					errors++;
				}
			} else {
				const err41 = {
					instancePath: instancePath + "/client_id",
					schemaPath: "#/properties/client_id/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err41];
				else vErrors.push(err41);
				errors++;
			}
		}
		if (data.client_secret !== void 0) {
			let data12 = data.client_secret;
			if (typeof data12 !== "string" && data12 !== null) {
				const err42 = {
					instancePath: instancePath + "/client_secret",
					schemaPath: "#/definitions/text/type",
					keyword: "type",
					params: { type: schema14.type },
					message: "must be string,null"
				};
				if (vErrors === null) vErrors = [err42];
				else vErrors.push(err42);
				errors++;
			}
		}
		if (data.client_secret_file !== void 0) {
			let data13 = data.client_secret_file;
			if (typeof data13 !== "string" && data13 !== null) {
				const err43 = {
					instancePath: instancePath + "/client_secret_file",
					schemaPath: "#/definitions/text/type",
					keyword: "type",
					params: { type: schema14.type },
					message: "must be string,null"
				};
				if (vErrors === null) vErrors = [err43];
				else vErrors.push(err43);
				errors++;
			}
		}
		if (data.token_endpoint_auth_method !== void 0) {
			let data14 = data.token_endpoint_auth_method;
			if (!(data14 === "none" || data14 === "client_secret_basic" || data14 === "client_secret_post" || data14 === "client_secret_jwt" || data14 === "private_key_jwt" || data14 === "sign_in_with_apple")) {
				const err44 = {
					instancePath: instancePath + "/token_endpoint_auth_method",
					schemaPath: "#/properties/token_endpoint_auth_method/enum",
					keyword: "enum",
					params: { allowedValues: schema12.properties.token_endpoint_auth_method.enum },
					message: "must be equal to one of the allowed values"
				};
				if (vErrors === null) vErrors = [err44];
				else vErrors.push(err44);
				errors++;
			}
		}
		if (data.token_endpoint_auth_signing_alg !== void 0) {
			let data15 = data.token_endpoint_auth_signing_alg;
			if (!(data15 === "HS256" || data15 === "HS384" || data15 === "HS512" || data15 === "RS256" || data15 === "RS384" || data15 === "RS512" || data15 === "PS256" || data15 === "PS384" || data15 === "PS512" || data15 === "ES256" || data15 === "ES384" || data15 === "ES512" || data15 === "ES256K" || data15 === "EdDSA" || data15 === null)) {
				const err45 = {
					instancePath: instancePath + "/token_endpoint_auth_signing_alg",
					schemaPath: "#/definitions/algorithm/enum",
					keyword: "enum",
					params: { allowedValues: schema20.enum },
					message: "must be equal to one of the allowed values"
				};
				if (vErrors === null) vErrors = [err45];
				else vErrors.push(err45);
				errors++;
			}
		}
		if (data.sign_in_with_apple !== void 0) {
			let data16 = data.sign_in_with_apple;
			if (!(data16 && typeof data16 == "object" && !Array.isArray(data16)) && data16 !== null) {
				const err46 = {
					instancePath: instancePath + "/sign_in_with_apple",
					schemaPath: "#/properties/sign_in_with_apple/type",
					keyword: "type",
					params: { type: schema12.properties.sign_in_with_apple.type },
					message: "must be object,null"
				};
				if (vErrors === null) vErrors = [err46];
				else vErrors.push(err46);
				errors++;
			}
			if (data16 && typeof data16 == "object" && !Array.isArray(data16)) {
				if (data16.team_id === void 0) {
					const err47 = {
						instancePath: instancePath + "/sign_in_with_apple",
						schemaPath: "#/properties/sign_in_with_apple/required",
						keyword: "required",
						params: { missingProperty: "team_id" },
						message: "must have required property 'team_id'"
					};
					if (vErrors === null) vErrors = [err47];
					else vErrors.push(err47);
					errors++;
				}
				if (data16.key_id === void 0) {
					const err48 = {
						instancePath: instancePath + "/sign_in_with_apple",
						schemaPath: "#/properties/sign_in_with_apple/required",
						keyword: "required",
						params: { missingProperty: "key_id" },
						message: "must have required property 'key_id'"
					};
					if (vErrors === null) vErrors = [err48];
					else vErrors.push(err48);
					errors++;
				}
				for (const key1 in data16) if (!(key1 === "team_id" || key1 === "key_id" || key1 === "private_key" || key1 === "private_key_file")) {
					const err49 = {
						instancePath: instancePath + "/sign_in_with_apple",
						schemaPath: "#/properties/sign_in_with_apple/additionalProperties",
						keyword: "additionalProperties",
						params: { additionalProperty: key1 },
						message: "must NOT have additional properties"
					};
					if (vErrors === null) vErrors = [err49];
					else vErrors.push(err49);
					errors++;
				}
				if (data16.team_id !== void 0) {
					if (typeof data16.team_id !== "string") {
						const err50 = {
							instancePath: instancePath + "/sign_in_with_apple/team_id",
							schemaPath: "#/properties/sign_in_with_apple/properties/team_id/type",
							keyword: "type",
							params: { type: "string" },
							message: "must be string"
						};
						if (vErrors === null) vErrors = [err50];
						else vErrors.push(err50);
						errors++;
					}
				}
				if (data16.key_id !== void 0) {
					if (typeof data16.key_id !== "string") {
						const err51 = {
							instancePath: instancePath + "/sign_in_with_apple/key_id",
							schemaPath: "#/properties/sign_in_with_apple/properties/key_id/type",
							keyword: "type",
							params: { type: "string" },
							message: "must be string"
						};
						if (vErrors === null) vErrors = [err51];
						else vErrors.push(err51);
						errors++;
					}
				}
				if (data16.private_key !== void 0) {
					let data19 = data16.private_key;
					if (typeof data19 !== "string" && data19 !== null) {
						const err52 = {
							instancePath: instancePath + "/sign_in_with_apple/private_key",
							schemaPath: "#/definitions/text/type",
							keyword: "type",
							params: { type: schema14.type },
							message: "must be string,null"
						};
						if (vErrors === null) vErrors = [err52];
						else vErrors.push(err52);
						errors++;
					}
				}
				if (data16.private_key_file !== void 0) {
					let data20 = data16.private_key_file;
					if (typeof data20 !== "string" && data20 !== null) {
						const err53 = {
							instancePath: instancePath + "/sign_in_with_apple/private_key_file",
							schemaPath: "#/definitions/text/type",
							keyword: "type",
							params: { type: schema14.type },
							message: "must be string,null"
						};
						if (vErrors === null) vErrors = [err53];
						else vErrors.push(err53);
						errors++;
					}
				}
			}
		}
		if (data.id_token_signed_response_alg !== void 0) {
			let data21 = data.id_token_signed_response_alg;
			if (!(data21 === "HS256" || data21 === "HS384" || data21 === "HS512" || data21 === "RS256" || data21 === "RS384" || data21 === "RS512" || data21 === "PS256" || data21 === "PS384" || data21 === "PS512" || data21 === "ES256" || data21 === "ES384" || data21 === "ES512" || data21 === "ES256K" || data21 === "EdDSA" || data21 === null)) {
				const err54 = {
					instancePath: instancePath + "/id_token_signed_response_alg",
					schemaPath: "#/definitions/algorithm/enum",
					keyword: "enum",
					params: { allowedValues: schema20.enum },
					message: "must be equal to one of the allowed values"
				};
				if (vErrors === null) vErrors = [err54];
				else vErrors.push(err54);
				errors++;
			}
		}
		if (data.scope !== void 0) {
			let data22 = data.scope;
			if (typeof data22 !== "string" && data22 !== null) {
				const err55 = {
					instancePath: instancePath + "/scope",
					schemaPath: "#/properties/scope/type",
					keyword: "type",
					params: { type: schema12.properties.scope.type },
					message: "must be string,null"
				};
				if (vErrors === null) vErrors = [err55];
				else vErrors.push(err55);
				errors++;
			}
		}
		if (data.discovery_mode !== void 0) {
			let data23 = data.discovery_mode;
			if (!(data23 === "oidc" || data23 === "insecure" || data23 === "disabled" || data23 === null)) {
				const err56 = {
					instancePath: instancePath + "/discovery_mode",
					schemaPath: "#/properties/discovery_mode/enum",
					keyword: "enum",
					params: { allowedValues: schema12.properties.discovery_mode.enum },
					message: "must be equal to one of the allowed values"
				};
				if (vErrors === null) vErrors = [err56];
				else vErrors.push(err56);
				errors++;
			}
		}
		if (data.pkce_method !== void 0) {
			let data24 = data.pkce_method;
			if (!(data24 === "auto" || data24 === "always" || data24 === "never" || data24 === null)) {
				const err57 = {
					instancePath: instancePath + "/pkce_method",
					schemaPath: "#/properties/pkce_method/enum",
					keyword: "enum",
					params: { allowedValues: schema12.properties.pkce_method.enum },
					message: "must be equal to one of the allowed values"
				};
				if (vErrors === null) vErrors = [err57];
				else vErrors.push(err57);
				errors++;
			}
		}
		if (data.fetch_userinfo !== void 0) {
			let data25 = data.fetch_userinfo;
			if (typeof data25 !== "boolean" && data25 !== null) {
				const err58 = {
					instancePath: instancePath + "/fetch_userinfo",
					schemaPath: "#/definitions/switch/type",
					keyword: "type",
					params: { type: schema13.type },
					message: "must be boolean,null"
				};
				if (vErrors === null) vErrors = [err58];
				else vErrors.push(err58);
				errors++;
			}
		}
		if (data.userinfo_signed_response_alg !== void 0) {
			let data26 = data.userinfo_signed_response_alg;
			if (!(data26 === "HS256" || data26 === "HS384" || data26 === "HS512" || data26 === "RS256" || data26 === "RS384" || data26 === "RS512" || data26 === "PS256" || data26 === "PS384" || data26 === "PS512" || data26 === "ES256" || data26 === "ES384" || data26 === "ES512" || data26 === "ES256K" || data26 === "EdDSA" || data26 === null)) {
				const err59 = {
					instancePath: instancePath + "/userinfo_signed_response_alg",
					schemaPath: "#/definitions/algorithm/enum",
					keyword: "enum",
					params: { allowedValues: schema20.enum },
					message: "must be equal to one of the allowed values"
				};
				if (vErrors === null) vErrors = [err59];
				else vErrors.push(err59);
				errors++;
			}
		}
		if (data.authorization_endpoint !== void 0) {
			let data27 = data.authorization_endpoint;
			if (typeof data27 !== "string" && data27 !== null) {
				const err60 = {
					instancePath: instancePath + "/authorization_endpoint",
					schemaPath: "#/definitions/url/type",
					keyword: "type",
					params: { type: schema15.type },
					message: "must be string,null"
				};
				if (vErrors === null) vErrors = [err60];
				else vErrors.push(err60);
				errors++;
			}
			if (typeof data27 === "string") {
				if (!pattern1.test(data27)) {
					const err61 = {
						instancePath: instancePath + "/authorization_endpoint",
						schemaPath: "#/definitions/url/pattern",
						keyword: "pattern",
						params: { pattern: "^https?://[^\\s/]+" },
						message: "must match pattern \"^https?://[^\\s/]+\""
					};
					if (vErrors === null) vErrors = [err61];
					else vErrors.push(err61);
					errors++;
				}
			}
		}
		if (data.token_endpoint !== void 0) {
			let data28 = data.token_endpoint;
			if (typeof data28 !== "string" && data28 !== null) {
				const err62 = {
					instancePath: instancePath + "/token_endpoint",
					schemaPath: "#/definitions/url/type",
					keyword: "type",
					params: { type: schema15.type },
					message: "must be string,null"
				};
				if (vErrors === null) vErrors = [err62];
				else vErrors.push(err62);
				errors++;
			}
			if (typeof data28 === "string") {
				if (!pattern1.test(data28)) {
					const err63 = {
						instancePath: instancePath + "/token_endpoint",
						schemaPath: "#/definitions/url/pattern",
						keyword: "pattern",
						params: { pattern: "^https?://[^\\s/]+" },
						message: "must match pattern \"^https?://[^\\s/]+\""
					};
					if (vErrors === null) vErrors = [err63];
					else vErrors.push(err63);
					errors++;
				}
			}
		}
		if (data.userinfo_endpoint !== void 0) {
			let data29 = data.userinfo_endpoint;
			if (typeof data29 !== "string" && data29 !== null) {
				const err64 = {
					instancePath: instancePath + "/userinfo_endpoint",
					schemaPath: "#/definitions/url/type",
					keyword: "type",
					params: { type: schema15.type },
					message: "must be string,null"
				};
				if (vErrors === null) vErrors = [err64];
				else vErrors.push(err64);
				errors++;
			}
			if (typeof data29 === "string") {
				if (!pattern1.test(data29)) {
					const err65 = {
						instancePath: instancePath + "/userinfo_endpoint",
						schemaPath: "#/definitions/url/pattern",
						keyword: "pattern",
						params: { pattern: "^https?://[^\\s/]+" },
						message: "must match pattern \"^https?://[^\\s/]+\""
					};
					if (vErrors === null) vErrors = [err65];
					else vErrors.push(err65);
					errors++;
				}
			}
		}
		if (data.jwks_uri !== void 0) {
			let data30 = data.jwks_uri;
			if (typeof data30 !== "string" && data30 !== null) {
				const err66 = {
					instancePath: instancePath + "/jwks_uri",
					schemaPath: "#/definitions/url/type",
					keyword: "type",
					params: { type: schema15.type },
					message: "must be string,null"
				};
				if (vErrors === null) vErrors = [err66];
				else vErrors.push(err66);
				errors++;
			}
			if (typeof data30 === "string") {
				if (!pattern1.test(data30)) {
					const err67 = {
						instancePath: instancePath + "/jwks_uri",
						schemaPath: "#/definitions/url/pattern",
						keyword: "pattern",
						params: { pattern: "^https?://[^\\s/]+" },
						message: "must match pattern \"^https?://[^\\s/]+\""
					};
					if (vErrors === null) vErrors = [err67];
					else vErrors.push(err67);
					errors++;
				}
			}
		}
		if (data.response_mode !== void 0) {
			let data31 = data.response_mode;
			if (!(data31 === "query" || data31 === "form_post" || data31 === null)) {
				const err68 = {
					instancePath: instancePath + "/response_mode",
					schemaPath: "#/properties/response_mode/enum",
					keyword: "enum",
					params: { allowedValues: schema12.properties.response_mode.enum },
					message: "must be equal to one of the allowed values"
				};
				if (vErrors === null) vErrors = [err68];
				else vErrors.push(err68);
				errors++;
			}
		}
		if (data.additional_authorization_parameters !== void 0) {
			let data32 = data.additional_authorization_parameters;
			if (!(data32 && typeof data32 == "object" && !Array.isArray(data32)) && data32 !== null) {
				const err69 = {
					instancePath: instancePath + "/additional_authorization_parameters",
					schemaPath: "#/properties/additional_authorization_parameters/type",
					keyword: "type",
					params: { type: schema12.properties.additional_authorization_parameters.type },
					message: "must be object,null"
				};
				if (vErrors === null) vErrors = [err69];
				else vErrors.push(err69);
				errors++;
			}
			if (data32 && typeof data32 == "object" && !Array.isArray(data32)) {
				for (const key2 in data32) if (typeof data32[key2] !== "string") {
					const err70 = {
						instancePath: instancePath + "/additional_authorization_parameters/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),
						schemaPath: "#/properties/additional_authorization_parameters/additionalProperties/type",
						keyword: "type",
						params: { type: "string" },
						message: "must be string"
					};
					if (vErrors === null) vErrors = [err70];
					else vErrors.push(err70);
					errors++;
				}
			}
		}
		if (data.forward_login_hint !== void 0) {
			let data34 = data.forward_login_hint;
			if (typeof data34 !== "boolean" && data34 !== null) {
				const err71 = {
					instancePath: instancePath + "/forward_login_hint",
					schemaPath: "#/definitions/switch/type",
					keyword: "type",
					params: { type: schema13.type },
					message: "must be boolean,null"
				};
				if (vErrors === null) vErrors = [err71];
				else vErrors.push(err71);
				errors++;
			}
		}
		if (data.on_backchannel_logout !== void 0) {
			let data35 = data.on_backchannel_logout;
			if (!(data35 === "do_nothing" || data35 === "logout_browser_only" || data35 === "logout_all" || data35 === null)) {
				const err72 = {
					instancePath: instancePath + "/on_backchannel_logout",
					schemaPath: "#/properties/on_backchannel_logout/enum",
					keyword: "enum",
					params: { allowedValues: schema12.properties.on_backchannel_logout.enum },
					message: "must be equal to one of the allowed values"
				};
				if (vErrors === null) vErrors = [err72];
				else vErrors.push(err72);
				errors++;
			}
		}
		if (data.registration_token_required !== void 0) {
			let data36 = data.registration_token_required;
			if (typeof data36 !== "boolean" && data36 !== null) {
				const err73 = {
					instancePath: instancePath + "/registration_token_required",
					schemaPath: "#/definitions/switch/type",
					keyword: "type",
					params: { type: schema13.type },
					message: "must be boolean,null"
				};
				if (vErrors === null) vErrors = [err73];
				else vErrors.push(err73);
				errors++;
			}
		}
		if (data.claims_imports !== void 0) {
			let data37 = data.claims_imports;
			if (!(data37 && typeof data37 == "object" && !Array.isArray(data37)) && data37 !== null) {
				const err74 = {
					instancePath: instancePath + "/claims_imports",
					schemaPath: "#/properties/claims_imports/type",
					keyword: "type",
					params: { type: schema12.properties.claims_imports.type },
					message: "must be object,null"
				};
				if (vErrors === null) vErrors = [err74];
				else vErrors.push(err74);
				errors++;
			}
			if (data37 && typeof data37 == "object" && !Array.isArray(data37)) {
				for (const key3 in data37) if (!(key3 === "subject" || key3 === "account_name" || key3 === "skip_confirmation" || key3 === "localpart" || key3 === "displayname" || key3 === "email")) {
					const err75 = {
						instancePath: instancePath + "/claims_imports",
						schemaPath: "#/properties/claims_imports/additionalProperties",
						keyword: "additionalProperties",
						params: { additionalProperty: key3 },
						message: "must NOT have additional properties"
					};
					if (vErrors === null) vErrors = [err75];
					else vErrors.push(err75);
					errors++;
				}
				if (data37.subject !== void 0) {
					if (!validate12(data37.subject, {
						instancePath: instancePath + "/claims_imports/subject",
						parentData: data37,
						parentDataProperty: "subject",
						rootData
					})) {
						vErrors = vErrors === null ? validate12.errors : vErrors.concat(validate12.errors);
						errors = vErrors.length;
					}
				}
				if (data37.account_name !== void 0) {
					if (!validate12(data37.account_name, {
						instancePath: instancePath + "/claims_imports/account_name",
						parentData: data37,
						parentDataProperty: "account_name",
						rootData
					})) {
						vErrors = vErrors === null ? validate12.errors : vErrors.concat(validate12.errors);
						errors = vErrors.length;
					}
				}
				if (data37.skip_confirmation !== void 0) {
					let data40 = data37.skip_confirmation;
					if (typeof data40 !== "boolean" && data40 !== null) {
						const err76 = {
							instancePath: instancePath + "/claims_imports/skip_confirmation",
							schemaPath: "#/definitions/switch/type",
							keyword: "type",
							params: { type: schema13.type },
							message: "must be boolean,null"
						};
						if (vErrors === null) vErrors = [err76];
						else vErrors.push(err76);
						errors++;
					}
				}
				if (data37.localpart !== void 0) {
					let data41 = data37.localpart;
					if (!(data41 && typeof data41 == "object" && !Array.isArray(data41)) && data41 !== null) {
						const err77 = {
							instancePath: instancePath + "/claims_imports/localpart",
							schemaPath: "#/properties/claims_imports/properties/localpart/type",
							keyword: "type",
							params: { type: schema12.properties.claims_imports.properties.localpart.type },
							message: "must be object,null"
						};
						if (vErrors === null) vErrors = [err77];
						else vErrors.push(err77);
						errors++;
					}
					if (data41 && typeof data41 == "object" && !Array.isArray(data41)) {
						for (const key4 in data41) if (!(key4 === "template" || key4 === "action" || key4 === "on_conflict")) {
							const err78 = {
								instancePath: instancePath + "/claims_imports/localpart",
								schemaPath: "#/properties/claims_imports/properties/localpart/additionalProperties",
								keyword: "additionalProperties",
								params: { additionalProperty: key4 },
								message: "must NOT have additional properties"
							};
							if (vErrors === null) vErrors = [err78];
							else vErrors.push(err78);
							errors++;
						}
						if (data41.template !== void 0) {
							let data42 = data41.template;
							if (typeof data42 !== "string" && data42 !== null) {
								const err79 = {
									instancePath: instancePath + "/claims_imports/localpart/template",
									schemaPath: "#/definitions/text/type",
									keyword: "type",
									params: { type: schema14.type },
									message: "must be string,null"
								};
								if (vErrors === null) vErrors = [err79];
								else vErrors.push(err79);
								errors++;
							}
						}
						if (data41.action !== void 0) {
							let data43 = data41.action;
							if (!(data43 === "ignore" || data43 === "suggest" || data43 === "force" || data43 === "require" || data43 === null)) {
								const err80 = {
									instancePath: instancePath + "/claims_imports/localpart/action",
									schemaPath: "#/definitions/action/enum",
									keyword: "enum",
									params: { allowedValues: schema36.enum },
									message: "must be equal to one of the allowed values"
								};
								if (vErrors === null) vErrors = [err80];
								else vErrors.push(err80);
								errors++;
							}
						}
						if (data41.on_conflict !== void 0) {
							let data44 = data41.on_conflict;
							if (!(data44 === "fail" || data44 === "add" || data44 === "replace" || data44 === "set" || data44 === null)) {
								const err81 = {
									instancePath: instancePath + "/claims_imports/localpart/on_conflict",
									schemaPath: "#/properties/claims_imports/properties/localpart/properties/on_conflict/enum",
									keyword: "enum",
									params: { allowedValues: schema12.properties.claims_imports.properties.localpart.properties.on_conflict.enum },
									message: "must be equal to one of the allowed values"
								};
								if (vErrors === null) vErrors = [err81];
								else vErrors.push(err81);
								errors++;
							}
						}
					}
				}
				if (data37.displayname !== void 0) {
					if (!validate15(data37.displayname, {
						instancePath: instancePath + "/claims_imports/displayname",
						parentData: data37,
						parentDataProperty: "displayname",
						rootData
					})) {
						vErrors = vErrors === null ? validate15.errors : vErrors.concat(validate15.errors);
						errors = vErrors.length;
					}
				}
				if (data37.email !== void 0) {
					let data46 = data37.email;
					if (!(data46 && typeof data46 == "object" && !Array.isArray(data46)) && data46 !== null) {
						const err82 = {
							instancePath: instancePath + "/claims_imports/email",
							schemaPath: "#/properties/claims_imports/properties/email/type",
							keyword: "type",
							params: { type: schema12.properties.claims_imports.properties.email.type },
							message: "must be object,null"
						};
						if (vErrors === null) vErrors = [err82];
						else vErrors.push(err82);
						errors++;
					}
					if (data46 && typeof data46 == "object" && !Array.isArray(data46)) {
						for (const key5 in data46) if (!(key5 === "template" || key5 === "action" || key5 === "set_email_verification")) {
							const err83 = {
								instancePath: instancePath + "/claims_imports/email",
								schemaPath: "#/properties/claims_imports/properties/email/additionalProperties",
								keyword: "additionalProperties",
								params: { additionalProperty: key5 },
								message: "must NOT have additional properties"
							};
							if (vErrors === null) vErrors = [err83];
							else vErrors.push(err83);
							errors++;
						}
						if (data46.template !== void 0) {
							let data47 = data46.template;
							if (typeof data47 !== "string" && data47 !== null) {
								const err84 = {
									instancePath: instancePath + "/claims_imports/email/template",
									schemaPath: "#/definitions/text/type",
									keyword: "type",
									params: { type: schema14.type },
									message: "must be string,null"
								};
								if (vErrors === null) vErrors = [err84];
								else vErrors.push(err84);
								errors++;
							}
						}
						if (data46.action !== void 0) {
							let data48 = data46.action;
							if (!(data48 === "ignore" || data48 === "suggest" || data48 === "force" || data48 === "require" || data48 === null)) {
								const err85 = {
									instancePath: instancePath + "/claims_imports/email/action",
									schemaPath: "#/definitions/action/enum",
									keyword: "enum",
									params: { allowedValues: schema36.enum },
									message: "must be equal to one of the allowed values"
								};
								if (vErrors === null) vErrors = [err85];
								else vErrors.push(err85);
								errors++;
							}
						}
						if (data46.set_email_verification !== void 0) {
							let data49 = data46.set_email_verification;
							if (!(data49 === "always" || data49 === "never" || data49 === "import" || data49 === null)) {
								const err86 = {
									instancePath: instancePath + "/claims_imports/email/set_email_verification",
									schemaPath: "#/properties/claims_imports/properties/email/properties/set_email_verification/enum",
									keyword: "enum",
									params: { allowedValues: schema12.properties.claims_imports.properties.email.properties.set_email_verification.enum },
									message: "must be equal to one of the allowed values"
								};
								if (vErrors === null) vErrors = [err86];
								else vErrors.push(err86);
								errors++;
							}
						}
					}
				}
			}
		}
	} else {
		const err87 = {
			instancePath,
			schemaPath: "#/type",
			keyword: "type",
			params: { type: "object" },
			message: "must be object"
		};
		if (vErrors === null) vErrors = [err87];
		else vErrors.push(err87);
		errors++;
	}
	validate11.errors = vErrors;
	return errors === 0;
}
function validate10(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
	let vErrors = null;
	let errors = 0;
	if (Array.isArray(data)) {
		const len0 = data.length;
		for (let i0 = 0; i0 < len0; i0++) if (!validate11(data[i0], {
			instancePath: instancePath + "/" + i0,
			parentData: data,
			parentDataProperty: i0,
			rootData
		})) {
			vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
			errors = vErrors.length;
		}
	} else {
		const err0 = {
			instancePath,
			schemaPath: "#/type",
			keyword: "type",
			params: { type: "array" },
			message: "must be array"
		};
		if (vErrors === null) vErrors = [err0];
		else vErrors.push(err0);
		errors++;
	}
	validate10.errors = vErrors;
	return errors === 0;
}

// src/rules/providers/schema-errors.ts
const compiled = validate$1;
function schemaErrors(providers, opaque) {
	if (compiled(providers)) return [];
	return (compiled.errors ?? []).filter((error) => speaks(error) && !opaque.includes(error.instancePath));
}
function speaks({ keyword, schemaPath }) {
	return keyword !== "if" && !/\/anyOf\/\d+\//.test(schemaPath);
}
function isUnknownKey(error) {
	return error.keyword === "additionalProperties" && typeof error.params.additionalProperty === "string";
}
const patterns = {
	id: "must be a ULID: 26 characters, digits and capital letters without I, L, O and U, the first from 0 to 7",
	client_id: "must not be empty"
};
const kinds = {
	array: "a list",
	object: "a mapping",
	string: "text (in quotes where it looks like a number, date or switch)",
	boolean: "`true` or `false`"
};
function sentence(name, { instancePath, keyword, params }) {
	const [index, ...rest] = instancePath.split("/").slice(1);
	const part = rest.map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~")).join(".");
	const provider = index === void 0 ? `\`${name}\`` : `provider ${Number(index) + 1} of \`${name}\``;
	return `${part === "" ? provider : `\`${part}\` of ${provider}`} ${complaint(keyword, params, rest.at(-1) ?? "")}`;
}
function complaint(keyword, params, key) {
	switch (keyword) {
		case "required": return `has no \`${String(params.missingProperty)}\``;
		case "anyOf": return "has no `client_secret`, which its authentication method needs";
		case "enum": return `must be one of ${(Array.isArray(params.allowedValues) ? params.allowedValues : []).filter((value) => typeof value === "string").map((value) => `\`${value}\``).join(", ")}`;
		case "type": return `must be ${[params.type].flat().filter((type) => type !== "null").map((type) => kinds[String(type)] ?? String(type)).join(" or ")}`;
		case "pattern": return patterns[key] ?? "must be an http or https URL";
		default: return "is not what MAS can read";
	}
}

// src/rules/providers/shape.ts
const providerShape = defineRule({
	id: "providers/shape",
	severity: "error",
	stages: ["prepared", "live"],
	why: "MAS does not start with a provider that it cannot read, and the playbook passes the list on unseen.",
	remedy: "Correct it as the configuration reference of MAS has it (upstream_oauth2.providers). The schema `upstream-provider.schema.json` of this toolkit checks it in an editor, too.",
	examples: {
		wrong: [
			`${live}${providersVariable}: https://idp.example.test/`,
			`${live}${providersVariable}:\n  id: x`,
			`${live}${providersVariable}:\n  - just a text`,
			providerList(issuer, ...client),
			providerList("id: not-a-ulid", issuer, ...client),
			providerList("id: 81HFVBY12TMNTYTBV8W921M5FA", issuer, ...client),
			providerList(id, ...client),
			providerList(id, issuer, "client_id: mas", "client_secret: invented", "token_endpoint_auth_method: basic"),
			providerList(id, issuer, "client_id: mas", "token_endpoint_auth_method: client_secret_post"),
			providerList(id, issuer, "client_id: mas", "token_endpoint_auth_method: private_key_jwt"),
			providerList(id, issuer, "client_id: 12345", "token_endpoint_auth_method: none"),
			providerList(...whole, "discovery_mode: off"),
			providerList(id, ...client, "discovery_mode: disabled", "token_endpoint: https://idp.example.test/token"),
			providerList(...whole, "scope: [openid, email]"),
			providerList(...whole, "fetch_userinfo: sometimes"),
			providerList(...whole, "claims_imports:", "  localpart:", "    action: always")
		],
		right: [
			providerList(...whole),
			providerList(id, issuer, "client_id: mas", "token_endpoint_auth_method: none", "synapse_idp_id: null"),
			providerList("id: \"{{ provider_id }}\"", issuer, ...client),
			providerList(id, issuer, "client_id: mas", "client_secret: \"{{ s }}\"", "token_endpoint_auth_method: client_secret_post"),
			providerList(id, issuer, "client_id: mas", "token_endpoint_auth_method: \"{{ method }}\""),
			providerList(...whole, "claims_imports:", "  localpart:", "    template: \"{% raw %}{{ user.name }}{% endraw %}\""),
			providerList(id, ...client, "discovery_mode: disabled", "authorization_endpoint: https://idp.example.test/a", "token_endpoint: https://idp.example.test/t", "jwks_uri: https://idp.example.test/j"),
			`${live}${providersVariable}: []`,
			`${live}${providersVariable}: "{{ my_providers }}"`,
			`${providersVariable}: MAS is not enabled`
		]
	},
	check: (context) => {
		const value = providersOf(context);
		if (!value) return [];
		const { json, opaque } = toJson(value);
		return schemaErrors(json, opaque).filter((error) => !isUnknownKey(error)).map((error) => ({
			message: sentence(providersVariable, error),
			place: partAt(value, error.instancePath).place
		}));
	}
});

// src/rules/providers/unknown-key.ts
const providerUnknownKey = defineRule({
	id: "providers/unknown-key",
	severity: "warning",
	stages: ["prepared", "live"],
	why: "MAS ignores a key that it does not know, without a word: a setting that is spelt wrong has no effect.",
	remedy: "Correct its spelling, or remove it.",
	examples: {
		wrong: [
			providerList(...whole, "pkce_mode: always"),
			providerList(...whole, "claims_imports:", "  display_name:", "    action: force"),
			providerList(...whole, "name: Example")
		],
		right: [providerList(...whole), providerList(...whole, "pkce_method: always", "human_name: Example")]
	},
	check: (context) => {
		const value = providersOf(context);
		if (!value) return [];
		const { json, opaque } = toJson(value);
		return schemaErrors(json, opaque).filter(isUnknownKey).map((error) => {
			const key = error.params.additionalProperty;
			const owner = partAt(value, error.instancePath);
			const place = entryOf(owner, key)?.keyPlace ?? owner.place;
			return {
				message: `MAS knows no key \`${key}\` in ${providersVariable}`,
				place
			};
		});
	}
});

// src/rules/providers/family.ts
const providersRules = [providerShape, providerUnknownKey];

// src/rules/synapse/oidc.ts
const oidcEnabledVariable = "matrix_synapse_oidc_enabled";
const oidcProvidersVariable = "matrix_synapse_oidc_providers";
const exampleProvider = `${oidcProvidersVariable}:\n  - idp_id: example\n    issuer: https://idp.example.test/\n`;

// src/rules/synapse/oidc-left-over.ts
const oidcLeftOver = defineRule({
	id: "synapse/oidc-left-over",
	severity: "warning",
	stages: ["live"],
	why: "Providers of Synapse have no effect once MAS is live. They hold client secrets, and whoever reads them may take them for what is in use.",
	remedy: `Remove \`${oidcProvidersVariable}\`.`,
	examples: {
		wrong: [`${live}${exampleProvider}`, `${live}${oidcEnabledVariable}: false\n${exampleProvider}`],
		right: [
			live,
			`${live}${oidcProvidersVariable}: []`,
			`${prepared}${exampleProvider}`,
			`${live}${oidcProvidersVariable}: "{{ x }}"`
		]
	},
	check: ({ host }) => {
		const { value, definition } = host.variable(oidcProvidersVariable);
		if (!definition || value.kind !== "list" || value.items.length === 0) return [];
		if (switchAt(host, "matrix_synapse_oidc_enabled").state === "on") return [];
		return [{
			message: `\`${oidcProvidersVariable}\` is left over while MAS is live`,
			place: definition.namePlace
		}];
	}
});

// src/rules/synapse/oidc-while-live.ts
const oidcWhileLive = defineRule({
	id: "synapse/oidc-while-live",
	severity: "error",
	stages: ["live"],
	why: "Synapse does not start with its own OpenID Connect beside the delegation to MAS. Today the playbook refuses it; the one of 2024 lets it pass.",
	remedy: `Remove \`${oidcEnabledVariable}\` and \`${oidcProvidersVariable}\` in the change that migrates: MAS has the providers by then.`,
	examples: {
		wrong: [`${live}${oidcEnabledVariable}: true`, `${live}${oidcEnabledVariable}: true\n${exampleProvider}`],
		right: [
			live,
			`${live}${oidcEnabledVariable}: false`,
			`${live}${oidcEnabledVariable}: "{{ x }}"`,
			`${prepared}${oidcEnabledVariable}: true\n${exampleProvider}`
		]
	},
	check: ({ host }) => {
		const { state, place } = switchAt(host, oidcEnabledVariable);
		return state === "on" ? [{
			message: `\`${oidcEnabledVariable}\` is on while MAS is live`,
			...place && { place }
		}] : [];
	}
});

// src/rules/synapse/password-providers.ts
const passwordProviderVariables = [
	"shared_secret_auth",
	"rest_auth",
	"ldap"
].map((kind) => `matrix_synapse_ext_password_provider_${kind}_enabled`);
function offences({ host }, what) {
	return passwordProviderVariables.flatMap((variable) => {
		const { state, place } = switchAt(host, variable);
		return state === "on" ? [{
			message: `\`${variable}\` ${what}`,
			...place && { place }
		}] : [];
	});
}

// src/rules/synapse/password-provider-while-live.ts
const passwordProviderWhileLive = defineRule({
	id: "synapse/password-provider-while-live",
	severity: "error",
	stages: ["live"],
	why: "Once Synapse delegates to MAS it authenticates nobody itself: the playbook refuses its password providers, and Synapse does not start with them.",
	remedy: "Set it to `false` or remove the line in the change that migrates.",
	examples: {
		wrong: passwordProviderVariables.map((variable) => `${live}${variable}: true`),
		right: passwordProviderVariables.flatMap((variable) => [
			`${live}${variable}: false`,
			`${live}${variable}: "{{ x }}"`,
			`${prepared}${variable}: true`,
			`${off}${variable}: true`
		])
	},
	check: (context) => offences(context, "is on while MAS is live")
});

// src/rules/synapse/password-provider-while-prepared.ts
const passwordProviderWhilePrepared = defineRule({
	id: "synapse/password-provider-while-prepared",
	severity: "warning",
	stages: ["prepared"],
	why: "MAS has no such provider, and syn2mas does not notice this one: accounts whose password only the provider knows cannot log in after the migration, and bridges that log in by shared secret need another way.",
	remedy: "It may stay on until the migration. Before that, see which accounts and bridges rely on it, and give them a password, an upstream provider or appservice login.",
	examples: {
		wrong: passwordProviderVariables.map((variable) => `${prepared}${variable}: true`),
		right: passwordProviderVariables.flatMap((variable) => [
			`${prepared}${variable}: false`,
			`${live}${variable}: true`,
			`${off}${variable}: true`
		])
	},
	check: (context) => offences(context, "is on, and MAS will not have it after the migration")
});

// src/rules/synapse/family.ts
const synapseRules = [
	passwordProviderWhilePrepared,
	passwordProviderWhileLive,
	oidcWhileLive,
	oidcLeftOver
];

// src/rules/registry.ts
const rules = [
	...masRules,
	...providersRules,
	...synapseRules
];

// src/rules/check-hosts.ts
function checkHosts(subject) {
	const context = contextOf(subject);
	const found = /* @__PURE__ */ new Map();
	for (const rule of rules) for (const { offence, host } of offencesOf(rule, context)) {
		const finding = findingOf(rule, offence, host);
		const key = keyOf(finding);
		const earlier = found.get(key);
		if (!earlier) found.set(key, finding);
		else if (earlier.host !== finding.host) found.set(key, withoutHost(earlier));
	}
	return [...found.values()];
}
function contextOf({ repository, hosts, checkout, base }) {
	return {
		repository,
		checkout,
		base,
		hosts: hosts.map((host) => {
			const before = base?.inventory.host(host.name);
			return {
				host,
				stage: desiredStage(host),
				checkout,
				base: base && {
					host: before,
					stage: before ? desiredStage(before) : notThere
				}
			};
		})
	};
}
const notThere = {
	stage: "off",
	reason: "the host is not in the base"
};
function offencesOf(rule, context) {
	const hosts = context.hosts.filter((host) => applies(rule, host));
	if ("check" in rule) return hosts.flatMap((host) => rule.check(host).map((offence) => ({
		offence,
		host: host.host.name
	})));
	if (hosts.length === 0) return [];
	return rule.checkAll({
		...context,
		hosts
	}).map((offence) => ({
		offence,
		host: offence.host
	}));
}
function keyOf({ id, message, place, host }) {
	return JSON.stringify([
		id,
		message,
		place ?? host
	]);
}
function withoutHost({ host: _, ...finding }) {
	return finding;
}

// src/actions/validation/validate.ts
function validate({ inventory: path, files, limit, playbook, base }) {
	const options = playbook ? { playbook } : {};
	const inventory = readInventory(path, files, options);
	const hosts = limitHosts(inventory, limit);
	const baseInventory = base && readBase(path, base, options);
	const before = base && stagesIn(baseInventory);
	const findings = [...inventory.problems, ...checkHosts({
		repository: {
			files,
			inventory
		},
		hosts,
		...playbook && { checkout: playbook.facts },
		...base && baseInventory && { base: {
			files: base,
			inventory: baseInventory
		} }
	})];
	return {
		hosts: hosts.map((host) => verdictOf(host, before)),
		findings: findings.sort(bySeverity)
	};
}
function verdictOf(host, stages) {
	const { stage, reason, place } = desiredStage(host);
	const before = stages && (stages.get(host.name) ?? "off");
	return {
		host: host.name,
		stage,
		reason,
		...place && { place },
		...before && { before },
		outlook: outlookFor(before, stage)
	};
}
function readBase(path, base, options) {
	return base.entry(path).kind === "absent" ? void 0 : readInventory(path, base, options);
}
function stagesIn(inventory) {
	return new Map(inventory?.hosts.map((host) => [host.name, desiredStage(host).stage]));
}

export { validate as t };
//# sourceMappingURL=validate.js.map