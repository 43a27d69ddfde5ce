import { c as truthOf, n as enabledVariable, r as inProgressVariable } from "./desired-stage.js";

// src/rules/rule.ts
function defineRule(rule) {
	return rule;
}
function applies(rule, { stage, checkout }) {
	if (!rule.stages.includes(stage.stage)) return false;
	return !checkout || !rule.dialects || rule.dialects.includes(checkout.dialect);
}
function findingOf(rule, offence, host) {
	const { id, severity, why, remedy } = rule;
	const { message, place, suggestion } = offence;
	return {
		id,
		severity,
		message,
		...place && { place },
		host,
		why,
		remedy,
		...suggestion && { suggestion }
	};
}

// src/rules/switches.ts
function switchAt(host, name) {
	const { value, definition } = host.variable(name);
	if (!definition || definition.source.startsWith("playbook_")) return { state: "absent" };
	const truth = truthOf(value);
	if (typeof truth !== "boolean") return {
		state: "unclear",
		place: value.place
	};
	return {
		state: truth ? "on" : "off",
		place: value.place
	};
}

// src/rules/mas/traps.ts
const prepared = `${enabledVariable}: true\n${inProgressVariable}: true\n`;
const live = `${enabledVariable}: true\n`;
const delegationVariable = "matrix_synapse_matrix_authentication_service_enabled";
const delegation = {
	variable: delegationVariable,
	open: {
		id: "mas/delegation-while-prepared",
		severity: "error",
		why: "It follows the switch of MAS and ignores that a migration is in progress: until the migration is done nobody could log in with a password, registration and password providers are refused, and stopping MAS stops Synapse."
	},
	leftOver: {
		id: "mas/delegation-held-back-while-live",
		severity: "error",
		why: "With this line Synapse does not delegate, while the reverse proxy already sends logins to MAS: a new session is worth nothing to Synapse, so nobody can log in."
	},
	dialects: ["mas-cli"]
};
const wellKnown = {
	variable: "matrix_static_files_file_matrix_client_property_org_matrix_msc2965_authentication_enabled",
	open: {
		id: "mas/well-known-while-prepared",
		severity: "warning",
		why: "The client well-known file advertises MAS as soon as MAS is enabled. Whoever logs in through it before the migration puts rows into the database of MAS, and syn2mas refuses a database that is not empty."
	},
	leftOver: {
		id: "mas/well-known-held-back-while-live",
		severity: "warning",
		why: "Clients learn from the well-known file that MAS is there; with this line new clients are not told."
	},
	unless: "matrix_static_files_enabled"
};
const element = {
	variable: "matrix_client_element_features_feature_oidc_native_flow",
	open: {
		id: "mas/element-while-prepared",
		severity: "warning",
		why: "Element Web turns its login through MAS on as soon as MAS is enabled. A login before the migration puts rows into the database of MAS, and syn2mas refuses a database that is not empty."
	},
	leftOver: {
		id: "mas/element-held-back-while-live",
		severity: "warning",
		why: "With this line Element Web goes on with the compatibility login instead of the login of MAS."
	},
	dialects: ["mas-cli"],
	unless: "matrix_client_element_enabled"
};
const closed = [
	delegation,
	wellKnown,
	element
].map((trap) => `${trap.variable}: false\n`).join("");
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
					checkout: {
						dialect: "mas-cli",
						traps: []
					}
				},
				...trap.dialects ? [{
					vars: prepared,
					checkout: {
						dialect: "syn2mas-tool",
						traps: []
					}
				}] : []
			]
		},
		check: (context) => openOffences(trap, context)
	});
}
function openOffences({ variable, unless }, { host, stage, checkout }) {
	if (checkout && !checkout.traps.includes(variable)) return [];
	if (unless && switchAt(host, unless).state === "off") return [];
	const { state, place } = switchAt(host, variable);
	if (state === "off" || state === "unclear") return [];
	if (state === "on") return [{
		message: `\`${variable}\` must be \`false\` while MAS is prepared`,
		...place && {
			place,
			suggestion: {
				place,
				text: "false"
			}
		}
	}];
	const message = `\`${variable}: false\` is missing while MAS is prepared`;
	if (!stage.place) return [{ message }];
	const suggestion = lineAfter(stage.place, `${variable}: false`);
	return [{
		message,
		place: stage.place,
		...suggestion && { suggestion }
	}];
}
function lineAfter(place, line) {
	const { file, endLine, endColumn } = place;
	if (!/(?:^|\/)(?:host|group)_vars\/.*\.ya?ml$/.test(file)) return void 0;
	if (endLine === void 0 || endColumn === void 0 || place.line !== endLine) return void 0;
	return {
		place: {
			file,
			line: endLine,
			column: endColumn,
			endLine,
			endColumn
		},
		text: `\n${line}`
	};
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
			const { state, place } = switchAt(host, variable);
			if (state !== "off") return [];
			return [{
				message: `\`${variable}\` is still \`false\` while MAS is live`,
				...place && { place }
			}];
		}
	});
}
const delegationWhilePrepared = openRule(delegation);
const wellKnownWhilePrepared = openRule(wellKnown);
const elementWhilePrepared = openRule(element);
const delegationHeldBackWhileLive = leftOverRule(delegation);
const wellKnownHeldBackWhileLive = leftOverRule(wellKnown);
const elementHeldBackWhileLive = leftOverRule(element);

export { elementWhilePrepared as a, switchAt as c, findingOf as d, elementHeldBackWhileLive as i, applies as l, delegationVariable as n, wellKnownHeldBackWhileLive as o, delegationWhilePrepared as r, wellKnownWhilePrepared as s, delegationHeldBackWhileLive as t, defineRule as u };
//# sourceMappingURL=traps.js.map