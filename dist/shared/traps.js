// src/rules/mas/traps.ts
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

export { wellKnown as a, element as i, delegation as n, delegationVariable as r, closed as t };