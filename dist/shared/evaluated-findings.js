import { i as shellWords } from "./reading.js";
import { i as ToolkitError } from "./exec.js";
import { c as temporaryFolder } from "./job-end.js";
import { c as failureLine } from "./git.js";
import { a as parseRecord, o as record, t as isRecord } from "./json.js";
import { g as startOperation } from "./stage.js";
import { f as openFindings, l as plural, n as countText } from "./account-counts.js";
import { p as stageVariables } from "./variables.js";
import { _ as hasPart, h as isOfPlaybook, i as jsonValue, u as startOf, v as isOpaque, x as toJson } from "./inventory-of.js";
import { t as require_dist } from "./dist.js";
import { a as standardAcceptances } from "./sources.js";
import { l as synapseUnit, n as masConfigYaml, p as stateFolder, r as masUnit, w as isLocked } from "./names.js";
import { o as commandResult, r as psql, s as failureOf } from "./probe.js";
import { t as readDoctor } from "./doctor-output.js";
import { a as readSyn2mas, i as runLater, n as masStarter, o as runOrThrow, r as notLater, t as leftoverAgeSeconds } from "./later.js";
import { b as readAcceptances, t as checkHosts, x as acceptFindings } from "./check-hosts.js";
import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

// src/generated/receipt.ts
const validate = validate10;
const schema11 = {
	"$schema": "http://json-schema.org/draft-07/schema#",
	"$id": "https://matrix-auth-actions.example/schemas/receipt.schema.json",
	"title": "Receipt of a rehearsal",
	"description": "What was rehearsed on a server, and with which versions. The authoritative copy is on the server, readable only by root.",
	"type": "object",
	"additionalProperties": false,
	"required": [
		"version",
		"host",
		"dialect",
		"playbook",
		"variables",
		"images",
		"command",
		"commandDigest",
		"counts",
		"findings",
		"passes",
		"rehearsalSeconds",
		"expectedWindowSeconds",
		"at"
	],
	"properties": {
		"version": { "const": 1 },
		"host": {
			"type": "string",
			"pattern": "^."
		},
		"dialect": { "enum": ["syn2mas-tool", "mas-cli"] },
		"playbook": {
			"type": "object",
			"additionalProperties": false,
			"required": ["digest"],
			"properties": {
				"commit": {
					"type": "string",
					"pattern": "^[0-9a-f]{40,64}$"
				},
				"digest": {
					"type": "string",
					"pattern": "^[0-9a-f]{64}$"
				}
			}
		},
		"variables": {
			"description": "An HMAC of the effective value of each relevant variable. The key stays on the server.",
			"type": "object",
			"additionalProperties": {
				"type": "string",
				"pattern": "^[0-9a-f]{64}$"
			}
		},
		"images": {
			"description": "The image of each container involved.",
			"type": "object",
			"additionalProperties": { "type": "string" }
		},
		"command": {
			"type": "array",
			"items": { "type": "string" }
		},
		"commandDigest": {
			"type": "string",
			"pattern": "^[0-9a-f]{64}$"
		},
		"counts": {
			"description": "The number of rows to migrate in each category; null if this dialect does not migrate the category.",
			"type": "object",
			"additionalProperties": {
				"type": ["integer", "null"],
				"minimum": 0
			}
		},
		"findings": {
			"type": "array",
			"items": {
				"type": "object",
				"additionalProperties": false,
				"required": [
					"id",
					"severity",
					"message"
				],
				"properties": {
					"id": { "type": "string" },
					"severity": { "enum": [
						"error",
						"warning",
						"notice"
					] },
					"message": { "type": "string" }
				}
			}
		},
		"passes": { "type": "boolean" },
		"rehearsalSeconds": {
			"type": "number",
			"minimum": 0
		},
		"expectedWindowSeconds": {
			"description": "The expected downtime for users during the migration.",
			"type": "number",
			"minimum": 0
		},
		"at": {
			"type": "string",
			"pattern": "^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$"
		}
	}
};
const func2 = Object.prototype.hasOwnProperty;
const pattern0 = /* @__PURE__ */ new RegExp("^.", "u");
const pattern1 = /* @__PURE__ */ new RegExp("^[0-9a-f]{40,64}$", "u");
const pattern2 = /* @__PURE__ */ new RegExp("^[0-9a-f]{64}$", "u");
const pattern5 = /* @__PURE__ */ new RegExp("^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$", "u");
function validate10(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
	let vErrors = null;
	let errors = 0;
	if (data && typeof data == "object" && !Array.isArray(data)) {
		if (data.version === void 0) {
			const err0 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "version" },
				message: "must have required property 'version'"
			};
			if (vErrors === null) vErrors = [err0];
			else vErrors.push(err0);
			errors++;
		}
		if (data.host === void 0) {
			const err1 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "host" },
				message: "must have required property 'host'"
			};
			if (vErrors === null) vErrors = [err1];
			else vErrors.push(err1);
			errors++;
		}
		if (data.dialect === void 0) {
			const err2 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "dialect" },
				message: "must have required property 'dialect'"
			};
			if (vErrors === null) vErrors = [err2];
			else vErrors.push(err2);
			errors++;
		}
		if (data.playbook === void 0) {
			const err3 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "playbook" },
				message: "must have required property 'playbook'"
			};
			if (vErrors === null) vErrors = [err3];
			else vErrors.push(err3);
			errors++;
		}
		if (data.variables === void 0) {
			const err4 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "variables" },
				message: "must have required property 'variables'"
			};
			if (vErrors === null) vErrors = [err4];
			else vErrors.push(err4);
			errors++;
		}
		if (data.images === void 0) {
			const err5 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "images" },
				message: "must have required property 'images'"
			};
			if (vErrors === null) vErrors = [err5];
			else vErrors.push(err5);
			errors++;
		}
		if (data.command === void 0) {
			const err6 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "command" },
				message: "must have required property 'command'"
			};
			if (vErrors === null) vErrors = [err6];
			else vErrors.push(err6);
			errors++;
		}
		if (data.commandDigest === void 0) {
			const err7 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "commandDigest" },
				message: "must have required property 'commandDigest'"
			};
			if (vErrors === null) vErrors = [err7];
			else vErrors.push(err7);
			errors++;
		}
		if (data.counts === void 0) {
			const err8 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "counts" },
				message: "must have required property 'counts'"
			};
			if (vErrors === null) vErrors = [err8];
			else vErrors.push(err8);
			errors++;
		}
		if (data.findings === void 0) {
			const err9 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "findings" },
				message: "must have required property 'findings'"
			};
			if (vErrors === null) vErrors = [err9];
			else vErrors.push(err9);
			errors++;
		}
		if (data.passes === void 0) {
			const err10 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "passes" },
				message: "must have required property 'passes'"
			};
			if (vErrors === null) vErrors = [err10];
			else vErrors.push(err10);
			errors++;
		}
		if (data.rehearsalSeconds === void 0) {
			const err11 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "rehearsalSeconds" },
				message: "must have required property 'rehearsalSeconds'"
			};
			if (vErrors === null) vErrors = [err11];
			else vErrors.push(err11);
			errors++;
		}
		if (data.expectedWindowSeconds === void 0) {
			const err12 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "expectedWindowSeconds" },
				message: "must have required property 'expectedWindowSeconds'"
			};
			if (vErrors === null) vErrors = [err12];
			else vErrors.push(err12);
			errors++;
		}
		if (data.at === void 0) {
			const err13 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "at" },
				message: "must have required property 'at'"
			};
			if (vErrors === null) vErrors = [err13];
			else vErrors.push(err13);
			errors++;
		}
		for (const key0 in data) if (!func2.call(schema11.properties, key0)) {
			const err14 = {
				instancePath,
				schemaPath: "#/additionalProperties",
				keyword: "additionalProperties",
				params: { additionalProperty: key0 },
				message: "must NOT have additional properties"
			};
			if (vErrors === null) vErrors = [err14];
			else vErrors.push(err14);
			errors++;
		}
		if (data.version !== void 0) {
			if (1 !== data.version) {
				const err15 = {
					instancePath: instancePath + "/version",
					schemaPath: "#/properties/version/const",
					keyword: "const",
					params: { allowedValue: 1 },
					message: "must be equal to constant"
				};
				if (vErrors === null) vErrors = [err15];
				else vErrors.push(err15);
				errors++;
			}
		}
		if (data.host !== void 0) {
			let data1 = data.host;
			if (typeof data1 === "string") {
				if (!pattern0.test(data1)) {
					const err16 = {
						instancePath: instancePath + "/host",
						schemaPath: "#/properties/host/pattern",
						keyword: "pattern",
						params: { pattern: "^." },
						message: "must match pattern \"^.\""
					};
					if (vErrors === null) vErrors = [err16];
					else vErrors.push(err16);
					errors++;
				}
			} else {
				const err17 = {
					instancePath: instancePath + "/host",
					schemaPath: "#/properties/host/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err17];
				else vErrors.push(err17);
				errors++;
			}
		}
		if (data.dialect !== void 0) {
			let data2 = data.dialect;
			if (!(data2 === "syn2mas-tool" || data2 === "mas-cli")) {
				const err18 = {
					instancePath: instancePath + "/dialect",
					schemaPath: "#/properties/dialect/enum",
					keyword: "enum",
					params: { allowedValues: schema11.properties.dialect.enum },
					message: "must be equal to one of the allowed values"
				};
				if (vErrors === null) vErrors = [err18];
				else vErrors.push(err18);
				errors++;
			}
		}
		if (data.playbook !== void 0) {
			let data3 = data.playbook;
			if (data3 && typeof data3 == "object" && !Array.isArray(data3)) {
				if (data3.digest === void 0) {
					const err19 = {
						instancePath: instancePath + "/playbook",
						schemaPath: "#/properties/playbook/required",
						keyword: "required",
						params: { missingProperty: "digest" },
						message: "must have required property 'digest'"
					};
					if (vErrors === null) vErrors = [err19];
					else vErrors.push(err19);
					errors++;
				}
				for (const key1 in data3) if (!(key1 === "commit" || key1 === "digest")) {
					const err20 = {
						instancePath: instancePath + "/playbook",
						schemaPath: "#/properties/playbook/additionalProperties",
						keyword: "additionalProperties",
						params: { additionalProperty: key1 },
						message: "must NOT have additional properties"
					};
					if (vErrors === null) vErrors = [err20];
					else vErrors.push(err20);
					errors++;
				}
				if (data3.commit !== void 0) {
					let data4 = data3.commit;
					if (typeof data4 === "string") {
						if (!pattern1.test(data4)) {
							const err21 = {
								instancePath: instancePath + "/playbook/commit",
								schemaPath: "#/properties/playbook/properties/commit/pattern",
								keyword: "pattern",
								params: { pattern: "^[0-9a-f]{40,64}$" },
								message: "must match pattern \"^[0-9a-f]{40,64}$\""
							};
							if (vErrors === null) vErrors = [err21];
							else vErrors.push(err21);
							errors++;
						}
					} else {
						const err22 = {
							instancePath: instancePath + "/playbook/commit",
							schemaPath: "#/properties/playbook/properties/commit/type",
							keyword: "type",
							params: { type: "string" },
							message: "must be string"
						};
						if (vErrors === null) vErrors = [err22];
						else vErrors.push(err22);
						errors++;
					}
				}
				if (data3.digest !== void 0) {
					let data5 = data3.digest;
					if (typeof data5 === "string") {
						if (!pattern2.test(data5)) {
							const err23 = {
								instancePath: instancePath + "/playbook/digest",
								schemaPath: "#/properties/playbook/properties/digest/pattern",
								keyword: "pattern",
								params: { pattern: "^[0-9a-f]{64}$" },
								message: "must match pattern \"^[0-9a-f]{64}$\""
							};
							if (vErrors === null) vErrors = [err23];
							else vErrors.push(err23);
							errors++;
						}
					} else {
						const err24 = {
							instancePath: instancePath + "/playbook/digest",
							schemaPath: "#/properties/playbook/properties/digest/type",
							keyword: "type",
							params: { type: "string" },
							message: "must be string"
						};
						if (vErrors === null) vErrors = [err24];
						else vErrors.push(err24);
						errors++;
					}
				}
			} else {
				const err25 = {
					instancePath: instancePath + "/playbook",
					schemaPath: "#/properties/playbook/type",
					keyword: "type",
					params: { type: "object" },
					message: "must be object"
				};
				if (vErrors === null) vErrors = [err25];
				else vErrors.push(err25);
				errors++;
			}
		}
		if (data.variables !== void 0) {
			let data6 = data.variables;
			if (data6 && typeof data6 == "object" && !Array.isArray(data6)) for (const key2 in data6) {
				let data7 = data6[key2];
				if (typeof data7 === "string") {
					if (!pattern2.test(data7)) {
						const err26 = {
							instancePath: instancePath + "/variables/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),
							schemaPath: "#/properties/variables/additionalProperties/pattern",
							keyword: "pattern",
							params: { pattern: "^[0-9a-f]{64}$" },
							message: "must match pattern \"^[0-9a-f]{64}$\""
						};
						if (vErrors === null) vErrors = [err26];
						else vErrors.push(err26);
						errors++;
					}
				} else {
					const err27 = {
						instancePath: instancePath + "/variables/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),
						schemaPath: "#/properties/variables/additionalProperties/type",
						keyword: "type",
						params: { type: "string" },
						message: "must be string"
					};
					if (vErrors === null) vErrors = [err27];
					else vErrors.push(err27);
					errors++;
				}
			}
			else {
				const err28 = {
					instancePath: instancePath + "/variables",
					schemaPath: "#/properties/variables/type",
					keyword: "type",
					params: { type: "object" },
					message: "must be object"
				};
				if (vErrors === null) vErrors = [err28];
				else vErrors.push(err28);
				errors++;
			}
		}
		if (data.images !== void 0) {
			let data8 = data.images;
			if (data8 && typeof data8 == "object" && !Array.isArray(data8)) {
				for (const key3 in data8) if (typeof data8[key3] !== "string") {
					const err29 = {
						instancePath: instancePath + "/images/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),
						schemaPath: "#/properties/images/additionalProperties/type",
						keyword: "type",
						params: { type: "string" },
						message: "must be string"
					};
					if (vErrors === null) vErrors = [err29];
					else vErrors.push(err29);
					errors++;
				}
			} else {
				const err30 = {
					instancePath: instancePath + "/images",
					schemaPath: "#/properties/images/type",
					keyword: "type",
					params: { type: "object" },
					message: "must be object"
				};
				if (vErrors === null) vErrors = [err30];
				else vErrors.push(err30);
				errors++;
			}
		}
		if (data.command !== void 0) {
			let data10 = data.command;
			if (Array.isArray(data10)) {
				const len0 = data10.length;
				for (let i0 = 0; i0 < len0; i0++) if (typeof data10[i0] !== "string") {
					const err31 = {
						instancePath: instancePath + "/command/" + i0,
						schemaPath: "#/properties/command/items/type",
						keyword: "type",
						params: { type: "string" },
						message: "must be string"
					};
					if (vErrors === null) vErrors = [err31];
					else vErrors.push(err31);
					errors++;
				}
			} else {
				const err32 = {
					instancePath: instancePath + "/command",
					schemaPath: "#/properties/command/type",
					keyword: "type",
					params: { type: "array" },
					message: "must be array"
				};
				if (vErrors === null) vErrors = [err32];
				else vErrors.push(err32);
				errors++;
			}
		}
		if (data.commandDigest !== void 0) {
			let data12 = data.commandDigest;
			if (typeof data12 === "string") {
				if (!pattern2.test(data12)) {
					const err33 = {
						instancePath: instancePath + "/commandDigest",
						schemaPath: "#/properties/commandDigest/pattern",
						keyword: "pattern",
						params: { pattern: "^[0-9a-f]{64}$" },
						message: "must match pattern \"^[0-9a-f]{64}$\""
					};
					if (vErrors === null) vErrors = [err33];
					else vErrors.push(err33);
					errors++;
				}
			} else {
				const err34 = {
					instancePath: instancePath + "/commandDigest",
					schemaPath: "#/properties/commandDigest/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err34];
				else vErrors.push(err34);
				errors++;
			}
		}
		if (data.counts !== void 0) {
			let data13 = data.counts;
			if (data13 && typeof data13 == "object" && !Array.isArray(data13)) for (const key4 in data13) {
				let data14 = data13[key4];
				if (!(typeof data14 == "number" && !(data14 % 1) && !isNaN(data14) && isFinite(data14)) && data14 !== null) {
					const err35 = {
						instancePath: instancePath + "/counts/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),
						schemaPath: "#/properties/counts/additionalProperties/type",
						keyword: "type",
						params: { type: schema11.properties.counts.additionalProperties.type },
						message: "must be integer,null"
					};
					if (vErrors === null) vErrors = [err35];
					else vErrors.push(err35);
					errors++;
				}
				if (typeof data14 == "number" && isFinite(data14)) {
					if (data14 < 0 || isNaN(data14)) {
						const err36 = {
							instancePath: instancePath + "/counts/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),
							schemaPath: "#/properties/counts/additionalProperties/minimum",
							keyword: "minimum",
							params: {
								comparison: ">=",
								limit: 0
							},
							message: "must be >= 0"
						};
						if (vErrors === null) vErrors = [err36];
						else vErrors.push(err36);
						errors++;
					}
				}
			}
			else {
				const err37 = {
					instancePath: instancePath + "/counts",
					schemaPath: "#/properties/counts/type",
					keyword: "type",
					params: { type: "object" },
					message: "must be object"
				};
				if (vErrors === null) vErrors = [err37];
				else vErrors.push(err37);
				errors++;
			}
		}
		if (data.findings !== void 0) {
			let data15 = data.findings;
			if (Array.isArray(data15)) {
				const len1 = data15.length;
				for (let i1 = 0; i1 < len1; i1++) {
					let data16 = data15[i1];
					if (data16 && typeof data16 == "object" && !Array.isArray(data16)) {
						if (data16.id === void 0) {
							const err38 = {
								instancePath: instancePath + "/findings/" + i1,
								schemaPath: "#/properties/findings/items/required",
								keyword: "required",
								params: { missingProperty: "id" },
								message: "must have required property 'id'"
							};
							if (vErrors === null) vErrors = [err38];
							else vErrors.push(err38);
							errors++;
						}
						if (data16.severity === void 0) {
							const err39 = {
								instancePath: instancePath + "/findings/" + i1,
								schemaPath: "#/properties/findings/items/required",
								keyword: "required",
								params: { missingProperty: "severity" },
								message: "must have required property 'severity'"
							};
							if (vErrors === null) vErrors = [err39];
							else vErrors.push(err39);
							errors++;
						}
						if (data16.message === void 0) {
							const err40 = {
								instancePath: instancePath + "/findings/" + i1,
								schemaPath: "#/properties/findings/items/required",
								keyword: "required",
								params: { missingProperty: "message" },
								message: "must have required property 'message'"
							};
							if (vErrors === null) vErrors = [err40];
							else vErrors.push(err40);
							errors++;
						}
						for (const key5 in data16) if (!(key5 === "id" || key5 === "severity" || key5 === "message")) {
							const err41 = {
								instancePath: instancePath + "/findings/" + i1,
								schemaPath: "#/properties/findings/items/additionalProperties",
								keyword: "additionalProperties",
								params: { additionalProperty: key5 },
								message: "must NOT have additional properties"
							};
							if (vErrors === null) vErrors = [err41];
							else vErrors.push(err41);
							errors++;
						}
						if (data16.id !== void 0) {
							if (typeof data16.id !== "string") {
								const err42 = {
									instancePath: instancePath + "/findings/" + i1 + "/id",
									schemaPath: "#/properties/findings/items/properties/id/type",
									keyword: "type",
									params: { type: "string" },
									message: "must be string"
								};
								if (vErrors === null) vErrors = [err42];
								else vErrors.push(err42);
								errors++;
							}
						}
						if (data16.severity !== void 0) {
							let data18 = data16.severity;
							if (!(data18 === "error" || data18 === "warning" || data18 === "notice")) {
								const err43 = {
									instancePath: instancePath + "/findings/" + i1 + "/severity",
									schemaPath: "#/properties/findings/items/properties/severity/enum",
									keyword: "enum",
									params: { allowedValues: schema11.properties.findings.items.properties.severity.enum },
									message: "must be equal to one of the allowed values"
								};
								if (vErrors === null) vErrors = [err43];
								else vErrors.push(err43);
								errors++;
							}
						}
						if (data16.message !== void 0) {
							if (typeof data16.message !== "string") {
								const err44 = {
									instancePath: instancePath + "/findings/" + i1 + "/message",
									schemaPath: "#/properties/findings/items/properties/message/type",
									keyword: "type",
									params: { type: "string" },
									message: "must be string"
								};
								if (vErrors === null) vErrors = [err44];
								else vErrors.push(err44);
								errors++;
							}
						}
					} else {
						const err45 = {
							instancePath: instancePath + "/findings/" + i1,
							schemaPath: "#/properties/findings/items/type",
							keyword: "type",
							params: { type: "object" },
							message: "must be object"
						};
						if (vErrors === null) vErrors = [err45];
						else vErrors.push(err45);
						errors++;
					}
				}
			} else {
				const err46 = {
					instancePath: instancePath + "/findings",
					schemaPath: "#/properties/findings/type",
					keyword: "type",
					params: { type: "array" },
					message: "must be array"
				};
				if (vErrors === null) vErrors = [err46];
				else vErrors.push(err46);
				errors++;
			}
		}
		if (data.passes !== void 0) {
			if (typeof data.passes !== "boolean") {
				const err47 = {
					instancePath: instancePath + "/passes",
					schemaPath: "#/properties/passes/type",
					keyword: "type",
					params: { type: "boolean" },
					message: "must be boolean"
				};
				if (vErrors === null) vErrors = [err47];
				else vErrors.push(err47);
				errors++;
			}
		}
		if (data.rehearsalSeconds !== void 0) {
			let data21 = data.rehearsalSeconds;
			if (typeof data21 == "number" && isFinite(data21)) {
				if (data21 < 0 || isNaN(data21)) {
					const err48 = {
						instancePath: instancePath + "/rehearsalSeconds",
						schemaPath: "#/properties/rehearsalSeconds/minimum",
						keyword: "minimum",
						params: {
							comparison: ">=",
							limit: 0
						},
						message: "must be >= 0"
					};
					if (vErrors === null) vErrors = [err48];
					else vErrors.push(err48);
					errors++;
				}
			} else {
				const err49 = {
					instancePath: instancePath + "/rehearsalSeconds",
					schemaPath: "#/properties/rehearsalSeconds/type",
					keyword: "type",
					params: { type: "number" },
					message: "must be number"
				};
				if (vErrors === null) vErrors = [err49];
				else vErrors.push(err49);
				errors++;
			}
		}
		if (data.expectedWindowSeconds !== void 0) {
			let data22 = data.expectedWindowSeconds;
			if (typeof data22 == "number" && isFinite(data22)) {
				if (data22 < 0 || isNaN(data22)) {
					const err50 = {
						instancePath: instancePath + "/expectedWindowSeconds",
						schemaPath: "#/properties/expectedWindowSeconds/minimum",
						keyword: "minimum",
						params: {
							comparison: ">=",
							limit: 0
						},
						message: "must be >= 0"
					};
					if (vErrors === null) vErrors = [err50];
					else vErrors.push(err50);
					errors++;
				}
			} else {
				const err51 = {
					instancePath: instancePath + "/expectedWindowSeconds",
					schemaPath: "#/properties/expectedWindowSeconds/type",
					keyword: "type",
					params: { type: "number" },
					message: "must be number"
				};
				if (vErrors === null) vErrors = [err51];
				else vErrors.push(err51);
				errors++;
			}
		}
		if (data.at !== void 0) {
			let data23 = data.at;
			if (typeof data23 === "string") {
				if (!pattern5.test(data23)) {
					const err52 = {
						instancePath: instancePath + "/at",
						schemaPath: "#/properties/at/pattern",
						keyword: "pattern",
						params: { pattern: "^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$" },
						message: "must match pattern \"^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$\""
					};
					if (vErrors === null) vErrors = [err52];
					else vErrors.push(err52);
					errors++;
				}
			} else {
				const err53 = {
					instancePath: instancePath + "/at",
					schemaPath: "#/properties/at/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err53];
				else vErrors.push(err53);
				errors++;
			}
		}
	} else {
		const err54 = {
			instancePath,
			schemaPath: "#/type",
			keyword: "type",
			params: { type: "object" },
			message: "must be object"
		};
		if (vErrors === null) vErrors = [err54];
		else vErrors.push(err54);
		errors++;
	}
	validate10.errors = vErrors;
	return errors === 0;
}

// src/playbook/evaluate.ts
const timeoutMs = 6e5;
const tag = "evaluate-variables";
const prefix$1 = "values of variables:";
async function evaluateVariables({ target, run }, names, { texts = {}, roles = [] } = {}) {
	const all = [...names, ...Object.keys(texts)].filter((name) => /^[A-Za-z_]\w*$/.test(name));
	const folder = temporaryFolder(process.env.RUNNER_TEMP ?? tmpdir(), "maa-");
	try {
		for (const name of [
			"group_vars",
			"host_vars",
			"roles"
		]) symlinkSync(join(target.checkout.path, name), join(folder, name));
		const playbook = join(folder, "evaluate.json");
		writeFileSync(playbook, JSON.stringify([playOf(all, texts, roles)]));
		const silent = () => void 0;
		const outcome = await run({
			playbook,
			tags: [tag],
			timeoutMs,
			onEvent: silent,
			onLine: silent
		});
		if (outcome.code === null) throw notFinished(target.host);
		return new Map(outcome.results.filter(({ host, status }) => host === target.host && status !== "failed").flatMap(({ result }) => entriesOf(result.message)));
	} finally {
		rmSync(folder, { recursive: true });
	}
}
function playOf(names, vars, roles) {
	const blocks = chunks(names).map((chunk) => ({
		block: [taskFor(chunk)],
		rescue: chunk.map((name) => ({
			...taskFor([name]),
			ignore_errors: true
		})),
		tags: [tag]
	}));
	const end = {
		"ansible.builtin.meta": "end_play",
		tags: [tag]
	};
	return {
		hosts: "all",
		gather_facts: false,
		become: false,
		vars,
		roles,
		pre_tasks: [...blocks, end]
	};
}
function chunks(names, size = 16) {
	return Array.from({ length: Math.ceil(names.length / size) }, (_, index) => names.slice(index * size, (index + 1) * size));
}
function taskFor(names) {
	const entries = names.map((name) => {
		return `'${name}': ${`{'value': lookup('ansible.builtin.vars', '${name}')}`} if lookup('ansible.builtin.varnames', '^${name}$') else {}`;
	});
	const msg = `${prefix$1}{{ {${entries.join(", ")}} | to_json }}`;
	return {
		name: names.join(" "),
		"ansible.builtin.debug": { msg }
	};
}
function entriesOf(message) {
	if (!message?.startsWith(prefix$1)) return [];
	return Object.entries(parseRecord(message.slice(20)) ?? {}).map(([name, answer]) => [name, record(answer).value]);
}
function notFinished(host) {
	return new ToolkitError({
		reason: "playbook-failed",
		what: "Ansible did not finish the evaluation of the variables.",
		where: host,
		meaning: "Users are not affected.",
		remedy: "Run this again, on a machine that is less busy."
	});
}

// src/migration/rehearsal/receipt-variables.ts
const withPrefix = (prefix, words) => words.trim().split(/\s+/).map((word) => prefix + word);
const ofSynapse = withPrefix("matrix_synapse_", `
  version container_image container_image_final container_image_name container_image_tag container_image_self_build
  container_image_registry_prefix container_image_registry_prefix_upstream container_image_registry_prefix_upstream_default
  docker_image docker_image_final docker_image_name docker_image_name_prefix docker_image_tag docker_image_registry_prefix
  configuration configuration_yaml configuration_extension configuration_extension_yaml
  oidc_enabled oidc_providers cas_config_enabled modules password_providers_enabled
  ext_password_provider_shared_secret_auth_enabled ext_password_provider_shared_secret_auth_shared_secret
  password_config_enabled password_config_localdb_enabled password_config_pepper
  allow_guest_access enable_registration enable_registration_without_verification registration_requires_token registrations_require_3pid registration_shared_secret
  enable_registration_captcha recaptcha_public_key recaptcha_private_key
  public_baseurl workers_enabled
  database_host database_port database_user database_password database_database database_socket_enabled database_socket_path
  matrix_authentication_service_endpoint matrix_authentication_service_secret
  experimental_features experimental_features_msc4108_enabled
  experimental_features_msc3861_enabled experimental_features_msc3861_issuer
  experimental_features_msc3861_introspection_endpoint experimental_features_msc3861_account_management_url
  experimental_features_msc3861_client_id experimental_features_msc3861_client_auth_method
  experimental_features_msc3861_client_secret experimental_features_msc3861_admin_token
`);
const ofMas = withPrefix("matrix_authentication_service_", `
  version container_image container_image_name_prefix container_image_self_build container_image_force_pull
  container_image_registry_prefix container_image_registry_prefix_upstream container_image_registry_prefix_upstream_default
  configuration configuration_yaml configuration_extension configuration_extension_yaml environment_variables_extension
  hostname path_prefix admin_api_enabled key_management_list config_path data_keys_path uid gid
  container_network container_additional_networks container_extra_arguments
  systemd_required_services_list systemd_wanted_services_list
`);
const ofMasConfiguration = withPrefix("matrix_authentication_service_config_", `
  http_listener_web_resources http_trusted_proxies http_public_base http_issuer
  database_host database_port database_username database_password database_database database_ssl_mode
  database_max_connections database_min_connections database_connect_timeout database_idle_timeout database_max_lifetime
  database_socket_enabled database_socket_path database_socket_path_host
  email_from email_reply_to email_transport email_mode email_hostname email_port email_username email_password
  secrets_encryption secrets_keys passwords_enabled passwords_schemes passwords_minimum_complexity
  matrix_kind matrix_homeserver matrix_secret matrix_endpoint
  account_email_change_allowed account_displayname_change_allowed account_password_registration_enabled
  account_password_registration_email_required account_password_change_allowed account_password_recovery_enabled
  account_account_deactivation_allowed account_login_with_email_allowed account_registration_token_required
  captcha_service captcha_site_key captcha_secret_key clients upstream_oauth2_providers
`);
const ofMasLabels = withPrefix("matrix_authentication_service_container_labels_", `
  traefik_enabled traefik_docker_network traefik_additional_response_headers additional_labels
  public_main_rule public_main_path_prefix public_main_priority public_main_entrypoints public_main_tls
  public_main_tls_certResolver
  public_compatibility_layer_enabled public_compatibility_layer_rule public_compatibility_layer_path_regexp
  public_compatibility_layer_priority public_compatibility_layer_entrypoints public_compatibility_layer_tls
  public_compatibility_layer_tls_certResolver
  internal_compatibility_layer_enabled internal_compatibility_layer_rule internal_compatibility_layer_priority
  internal_compatibility_layer_entrypoints
`);
const ofSyn2mas = withPrefix("matrix_authentication_service_syn2mas_", `
  version process_extra_arguments subcommand command_extra_options subcommand_extra_options
  container_image container_image_name_prefix container_image_self_build container_image_force_pull container_network
  synapse_homeserver_config_path synapse_database_socket_enabled synapse_database_socket_path
  synapse_database_socket_path_host start_wait_time_seconds
`);
const receiptVariables = [
	"matrix_domain",
	"matrix_server_fqn_matrix",
	"matrix_homeserver_url",
	"matrix_homeserver_implementation",
	"matrix_homeserver_generic_secret_key",
	...stageVariables,
	...ofSynapse,
	...ofMas,
	...ofMasConfiguration,
	...ofMasLabels,
	...ofSyn2mas
];
function boundValues(host, evaluated) {
	return Object.fromEntries(receiptVariables.map((name) => {
		return [name, `${name}: ${evaluated.has(name) ? canonicalJson(evaluated.get(name)) : `text ${written(host, name)}`}`];
	}));
}
function canonicalJson(json) {
	const sorted = (_, value) => isRecord(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1)) : value;
	return JSON.stringify(json, sorted) ?? "(not defined)";
}
function written(host, name) {
	const { value } = host.variable(name);
	return value ? canonical(value) : "(none)";
}
function canonical(value) {
	switch (value.kind) {
		case "string": return JSON.stringify(value.value);
		case "integer":
		case "float":
		case "boolean": return String(value.value);
		case "null": return "null";
		case "date": return value.text;
		case "unknown": return `(unknown ${JSON.stringify(value.source)})`;
		case "vault": return "(vault)";
		case "list": return `[${value.items.map(canonical).join(",")}]`;
		case "map": return `{${value.entries.map((entry) => `${JSON.stringify(entry.key)}:${canonical(entry.value)}`).sort().join(",")}}`;
	}
}

// src/migration/rehearsal/receipt.ts
const receiptFile = `${stateFolder}/receipt.json`;
const receiptsKept = 20;
async function circumstancesOf(window, facts, playbook, host) {
	const { commit, digest, roles } = playbook.target.checkout;
	const evaluated = await evaluateVariables(playbook, receiptVariables, { roles });
	const units = [
		facts.synapse,
		...facts.synapse.workers,
		facts.mas
	];
	return {
		host: facts.host,
		dialect: facts.dialect,
		playbook: commit === void 0 ? { digest } : {
			commit,
			digest
		},
		variables: await window.hmacs(boundValues(host, evaluated)),
		images: Object.fromEntries(units.flatMap(({ name, image }) => image === void 0 ? [] : [[name, image]]))
	};
}
function receiptOf(rehearsal, circumstances) {
	const { facts, command, commandDigest, passes, seconds, at } = rehearsal;
	return {
		version: 1,
		...circumstances,
		command,
		commandDigest,
		counts: facts.synapse.migratable,
		findings: openFindings(rehearsal.findings).map(({ id, severity, message }) => ({
			id,
			severity,
			message
		})),
		passes,
		rehearsalSeconds: Math.round(seconds * 10) / 10,
		expectedWindowSeconds: rehearsal.expectedWindowSeconds,
		at
	};
}
async function storeReceipt(session, receipt) {
	const receipts = [receipt, ...(await storedReceipts(session)).filter((other) => !isOfTheSame(receipt, other))].slice(0, receiptsKept);
	await session.writeFile(receiptFile, `${JSON.stringify({ receipts }, void 0, 2)}\n`, 384);
}
async function readReceipts(session) {
	const receipts = await storedReceipts(session);
	if (receipts.length > 0) return receipts;
	throw new ToolkitError({
		reason: "receipt-missing",
		what: "This migration was not rehearsed: the server has no readable receipt of a rehearsal.",
		where: `${session.host}, ${receiptFile}`,
		remedy: "Run syn2mas-dry-run with these vars, review its findings, then run this again."
	});
}
async function storedReceipts(session) {
	return parseReceipts(await session.readFile(receiptFile) ?? "");
}
function parseReceipts(text) {
	const receipts = parseRecord(text)?.receipts;
	return Array.isArray(receipts) ? receipts.filter((receipt) => validate(receipt)) : [];
}
function isOfTheSame(one, other) {
	return one.commandDigest === other.commandDigest && changes(one, other).length === 0;
}
function validReceipts(receipts, now, time, maxAgeHours) {
	const compared = receipts.map((receipt) => ({
		receipt,
		differences: receiptDifferences(receipt, now, time, maxAgeHours)
	}));
	const [closest] = compared.toSorted((a, b) => a.differences.length - b.differences.length);
	return {
		valid: compared.filter(({ differences }) => differences.length === 0).map(({ receipt }) => receipt),
		differences: closest?.differences ?? []
	};
}
function receiptDifferences(receipt, now, time, maxAgeHours) {
	const hours = (time.getTime() - Date.parse(receipt.at)) / 36e5;
	return [
		...receipt.passes ? [] : ["the rehearsal found problems that would stop the migration"],
		...changes(receipt, now),
		...hours >= 0 && hours <= maxAgeHours ? [] : [`it is ${plural(Math.round(hours), "hour")} old, and at most ${maxAgeHours} are allowed`]
	];
}
function changes(receipt, now) {
	const both = (left, right) => [.../* @__PURE__ */ new Set([...Object.keys(left), ...Object.keys(right)])].filter((name) => left[name] !== right[name]);
	return [
		...receipt.host === now.host ? [] : [`it belongs to the host ${receipt.host}`],
		...receipt.playbook.digest === now.playbook.digest && receipt.playbook.commit === now.playbook.commit ? [] : ["the playbook has changed"],
		...isOfOtherVersion(receipt, now) ? ["another version of matrix-auth-actions wrote it, which compared other variables"] : both(receipt.variables, now.variables).map((name) => `the variable ${name} has changed`),
		...both(receipt.images, now.images).map((name) => `the image of ${name} has changed`)
	];
}
function isOfOtherVersion(receipt, now) {
	const [then, today] = [receipt, now].map(({ variables }) => Object.keys(variables).sort().join());
	return then !== today;
}

// src/migration/rehearsal/estimate.ts
async function estimateWindow(session, names, { dialect, synapse }, syn2masSeconds) {
	const measured = await measureServer(session, names);
	const secondsOf = (parts) => expectedWindowSeconds(dialect, synapse.migratable, {
		...parts,
		syn2masSeconds
	});
	return {
		seconds: secondsOf(measured),
		again: async () => {
			const now = await measureServer(session, names);
			return secondsOf({
				...now,
				loadSeconds: ofKnown(Math.min, [measured.loadSeconds, now.loadSeconds])
			});
		}
	};
}
function expectedWindowSeconds(dialect, counts, measured) {
	const { stopSeconds = 1, loadSeconds = 2, syn2masSeconds = 1, healthCheckSeconds } = measured;
	const writing = dialect === "mas-cli" ? 0 : writingSeconds(counts, Math.max(1, syn2masSeconds));
	const answer = answerSeconds(1.5 * loadSeconds, healthCheckSeconds);
	return Math.round(14 * (stopSeconds + syn2masSeconds + writing + answer + .4)) / 10;
}
function writingSeconds(counts, drySeconds) {
	const { users, passwords, emails, links, sessions, refreshTokens } = counts;
	const written = [
		users,
		passwords,
		emails,
		links,
		sessions,
		sessions,
		refreshTokens
	].reduce((sum, count) => sum + (count ?? 0), 0);
	return drySeconds * .4 * written / Math.max(1e3, users ?? 0);
}
function answerSeconds(ready, healthCheckSeconds) {
	return healthCheckSeconds === void 0 ? ready : healthCheckSeconds * Math.ceil(ready / healthCheckSeconds) + routingSeconds;
}
const routingSeconds = 1;
const stopping = "de5b426a63be47a7b6ac3eaac82e2f6f";
const stopped = "9d1aaa27d60140bd96365438aad20286";
async function measureServer(session, names) {
	return {
		stopSeconds: await measureStop(session, names),
		loadSeconds: await measureLoad(session, names),
		healthCheckSeconds: await healthCheckInterval(session, names)
	};
}
async function measureStop(session, { workerUnits }) {
	const units = [
		synapseUnit,
		...workerUnits,
		masUnit
	].map((unit) => `UNIT=${unit}.service`);
	const ask = `journalctl --no-pager --quiet --output=json --output-fields=UNIT,MESSAGE_ID --lines=100 _PID=1 MESSAGE_ID=${stopping} MESSAGE_ID=${stopped}`;
	const { stdout } = await session.run([...ask.split(" "), ...units]);
	const lines = stdout.split("\n").flatMap((line) => parseRecord(line) ?? []);
	const stops = Object.values(Object.groupBy(lines, ({ UNIT }) => String(UNIT))).map(stopSecondsOf);
	return ofKnown(Math.max, stops);
}
function stopSecondsOf(messages = []) {
	const seconds = messages.flatMap((end, index) => {
		const begin = messages[index - 1];
		return begin?.MESSAGE_ID === stopping && end.MESSAGE_ID === stopped && begin._BOOT_ID === end._BOOT_ID ? (microseconds(end) - microseconds(begin)) / 1e6 : [];
	});
	return seconds.sort((one, other) => one - other)[Math.floor(seconds.length / 2)];
}
const microseconds = (message) => Number(message.__MONOTONIC_TIMESTAMP);
async function measureLoad(session, { workerUnits }) {
	const { code, stdout } = await session.run([
		"docker",
		"exec",
		synapseUnit,
		"python3",
		"-c",
		loadProgram
	]);
	const [seconds = 0, cores = 1] = stdout.split(" ").map(Number);
	const starting = workerUnits.length + 2;
	return code === 0 && seconds > 0 ? seconds * Math.max(1, starting / cores) : void 0;
}
const loadProgram = `import os, subprocess, sys, time
def load():
    started = time.monotonic()
    subprocess.run([sys.executable, "-c", "import synapse.app.homeserver"], check=True)
    return time.monotonic() - started
print(min(load() for _ in range(3)), len(os.sched_getaffinity(0)))`;
async function healthCheckInterval(session, { workerUnits }) {
	if (workerUnits.length > 0) return void 0;
	const { stdout } = await session.run([
		"docker",
		"inspect",
		`--format={{index .Config.Labels "traefik.enable"}} {{with .Config.Healthcheck}}{{.Interval.Seconds}}{{end}}`,
		synapseUnit
	]);
	const [, seconds] = /^true (\d[\d.]*)$/m.exec(stdout) ?? [];
	return seconds === void 0 ? void 0 : Number(seconds);
}
function ofKnown(choose, seconds) {
	const known = seconds.filter((each) => each !== void 0);
	return known.length === 0 ? void 0 : choose(...known);
}

// src/migration/rehearsal/restart-mas.ts
async function withMasRestarted(server, names, work) {
	await runLater(server.session, masStarter, [
		"systemctl",
		"start",
		masUnit
	]);
	try {
		return await work();
	} finally {
		await startMas(server.session);
		await notLater(server.session, masStarter);
		await untilMasAnswers(server, names);
	}
}
async function startMas(session) {
	const { code, stderr } = await session.run([
		"systemctl",
		"start",
		masUnit
	], { timeoutMs: 12e4 });
	if (code === 0) return;
	const what = `systemctl start ${masUnit} failed with exit code ${code}: ${failureLine(stderr)}`;
	throw failed(session.host, what);
}
async function untilMasAnswers({ session, http, clock }, names) {
	const url = `${names.masUrl}/.well-known/openid-configuration`;
	for (let turn = 0; turn < 60; turn += 1) {
		if ((await http({ url }).catch(() => void 0))?.status === 200) return;
		await clock.sleep(1e3);
	}
	throw failed(session.host, "MAS was stopped for the rehearsal, and does not answer after it was started again.");
}
function failed(host, what) {
	return new ToolkitError({
		reason: "server-command-failed",
		what,
		where: host,
		meaning: "Users are not affected: Synapse uses its built-in login and was not touched.",
		remedy: `Run on the server: \`journalctl -u ${masUnit} -n 50\``
	});
}

// src/migration/rehearsal/scratch.ts
var import_dist = require_dist();
const prefix = "matrix_auth_actions_rehearsal_";
const folderPrefix = "/tmp/matrix-auth-actions-rehearsal-";
function isLeftover(database, nowSeconds, ageSeconds) {
	const stamp = database.startsWith(prefix) ? database.slice(30) : "";
	return /^\d{10}$/.test(stamp) && nowSeconds - Number(stamp) > ageSeconds;
}
function withDatabase(configYaml, database) {
	const document = (0, import_dist.parseDocument)(configYaml, { version: "1.1" });
	const uri = document.getIn(["database", "uri"]);
	if (typeof uri === "string" && URL.canParse(uri)) {
		const url = new URL(uri);
		url.pathname = `/${database}`;
		document.setIn(["database", "uri"], url.href);
	} else document.setIn(["database", "database"], database);
	return document.toString({ lineWidth: 0 });
}
async function dropLeftovers(server, hasLock) {
	const age = hasLock ? Number.NEGATIVE_INFINITY : leftoverAgeSeconds;
	const now = secondsOf(server.clock);
	const names = await server.sql("postgres", `SELECT datname FROM pg_database WHERE datname LIKE '${prefix}%';`);
	for (const database of names.split("\n").filter((name) => isLeftover(name, now, age))) await dropScratch(server, scratchOf(database.slice(30)));
}
function secondsOf(clock) {
	return Math.floor(clock.now().getTime() / 1e3);
}
function scratchOf(stamp) {
	return {
		database: `${prefix}${stamp}`,
		folder: `${folderPrefix}${stamp}`
	};
}
async function withScratch(server, names, work) {
	const scratch = scratchOf(secondsOf(server.clock));
	await runLater(server.session, basename(scratch.folder), [
		"sh",
		"-c",
		removal(scratch)
	]);
	let result;
	try {
		await makeScratch(server, names, scratch);
		result = await work(scratch.folder);
	} catch (error) {
		await dropScratch(server, scratch).catch(() => void 0);
		throw error;
	}
	await dropScratch(server, scratch);
	return result;
}
async function makeScratch({ session, sql }, names, { database, folder }) {
	const config = await session.readFile(masConfigYaml);
	if (config === void 0) throw new Error("MAS is installed, so its configuration was there a moment ago");
	await sql("postgres", `CREATE DATABASE "${database}" OWNER "${names.masRole}" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C';`);
	await runOrThrow(session, [
		"mkdir",
		"-m",
		"0700",
		folder
	]);
	const file = `${folder}/config.yaml`;
	await session.writeFile(file, withDatabase(config, database), 256);
	await runOrThrow(session, [
		"chown",
		`--reference=${masConfigYaml}`,
		file
	]);
}
function removal(scratch) {
	const drop = shellWords([
		...psql,
		"postgres",
		"-c",
		dropStatement(scratch)
	]);
	return `${shellWords([
		"rm",
		"-rf",
		scratch.folder
	])}; ${drop}`;
}
function dropStatement({ database }) {
	return `DROP DATABASE IF EXISTS "${database}" WITH (FORCE);`;
}
async function dropScratch({ session, sql }, scratch) {
	await sql("postgres", dropStatement(scratch));
	await runOrThrow(session, [
		"rm",
		"-rf",
		scratch.folder
	]);
	await notLater(session, basename(scratch.folder));
}

// src/migration/rehearsal/server-state.ts
const prepare = "Deploy the prepare pull request before you rehearse the migration.";
const clean = `To clean MAS's database, ${startOperation("rollback")}.`;
function requireReady(facts, run) {
	const { ours, host } = facts;
	const held = isLocked(ours, run) && {
		what: `the server is locked by ${ours.lock?.owner ?? "a run"}`,
		remedy: "Wait until the other run has ended, then rehearse again."
	};
	const problem = held || notReady(facts);
	if (problem === void 0) return;
	throw new ToolkitError({
		reason: held ? "lock-held" : "refused-state",
		what: `The migration cannot be rehearsed on this server: ${problem.what}.`,
		where: host,
		remedy: problem.remedy
	});
}
const tableProblems = {
	whole: void 0,
	none: {
		what: "MAS's database has no tables",
		remedy: prepare
	},
	renamed: {
		what: "an earlier syn2mas run was interrupted, and left MAS's tables renamed",
		remedy: clean
	},
	unreadable: {
		what: "MAS's database cannot be read",
		remedy: "Run on the server: `systemctl status matrix-postgres; journalctl -u matrix-postgres -n 50`"
	}
};
function notReady({ mas, synapse }) {
	if (!mas.installed) return {
		what: "MAS is not installed",
		remedy: prepare
	};
	if (synapse.delegating === "unreadable") return {
		what: "Synapse's homeserver.yaml cannot be read",
		remedy: prepare
	};
	if (synapse.delegating !== "no") return {
		what: "Synapse delegates to MAS",
		remedy: "The server already uses MAS. There is nothing to rehearse."
	};
	return tableProblems[mas.tables];
}
function requireUntouched(before, after) {
	const running = ({ synapse, mas, postgres }) => [
		synapse,
		...synapse.workers,
		mas,
		postgres
	].filter((unit) => unit.container).map(({ name }) => name);
	const stopped = running(before).filter((name) => !running(after).includes(name));
	const isRenamed = before.mas.tables === "whole" && after.mas.tables !== "whole";
	const problems = [...stopped.length > 0 ? [{
		what: stopped.map((name) => `${name} is not running`).join(", "),
		remedy: `Run on the server: \`systemctl start ${stopped.join(" ")}\``
	}] : [], ...isRenamed ? [{
		what: "syn2mas renamed MAS's tables and did not restore the names",
		remedy: clean
	}] : []];
	if (problems.length === 0) return;
	throw new ToolkitError({
		reason: "server-command-failed",
		what: `The rehearsal did not restore the server: ${problems.map(({ what }) => what).join(", ")}.`,
		where: before.host,
		remedy: problems.map(({ remedy }) => remedy).join(". ")
	});
}
const emptyMas = `No migration wrote these accounts. Remove all accounts of MAS, on the server: \`/matrix/postgres/bin/cli-non-interactive -d matrix_authentication_service -c 'TRUNCATE users CASCADE'\`. Then deploy the three variables of the prepare pull request, so that MAS is not advertised before the migration.`;
function masOnlyFinding({ mas }) {
	const { count, names } = mas.masOnlyAccounts;
	if (count === 0) return [];
	return [{
		id: "syn2mas/early-logins",
		severity: "error",
		message: `MAS has ${countText("users", count)} that Synapse does not have: ${names.slice(0, 5).join(", ")}.`,
		why: "They logged in through MAS before the migration. syn2mas refuses a database that is not empty.",
		remedy: emptyMas
	}];
}

// src/migration/rehearsal/syn2mas-command.ts
const syn2masContainer = "matrix-authentication-service-syn2mas";
const masConfigFolder = "/matrix/matrix-authentication-service/config";
const dryRunFlags = {
	"mas-cli": "--dry-run",
	"syn2mas-tool": "--dryRun"
};
function tagCommand(outcome, host) {
	const { command, rc, stdout = "", stderr = "", seconds } = commandResult(outcome, [
		"docker",
		"run",
		"matrix-authentication-service-syn2mas"
	], host)?.result ?? {};
	if (command === void 0 || command.length < 2 || rc === void 0) {
		const failure = outcome.code === 0 ? "." : failureOf(outcome);
		throw new ToolkitError({
			reason: "playbook-failed",
			what: `The playbook's tag did not run syn2mas (Ansible's exit code was ${outcome.code})${failure}`,
			where: host,
			remedy: failure === "." ? "Check that the vars enable MAS." : "Fix the cause that the message names, then run this again."
		});
	}
	return {
		command,
		result: {
			code: rc,
			stdout,
			stderr
		},
		seconds
	};
}
function realCommand(command, dialect, folder) {
	const flag = dryRunFlags[dialect];
	if (command.filter((word) => word === flag).length !== 1) throw new Error(`the command has not one ${flag}`);
	return command.filter((word) => word !== flag).map((word) => word.replaceAll(`${folder}/`, `${masConfigFolder}/`));
}
function commandDigest(command) {
	return createHash("sha256").update(command.join("\0")).digest("hex");
}

// src/migration/rehearsal/rehearse.ts
async function rehearse(ports, options = {}) {
	const { clock } = ports;
	const before = options.facts ?? await ports.probe();
	requireReady(before, options.run);
	const { names } = await ports.names(before);
	const at = clock.now().toISOString();
	const decided = await ports.decided();
	const { command, result, seconds, syn2masSeconds } = await runUntilProven(ports, options, names);
	const after = await ports.probe();
	requireUntouched(before, after);
	const estimate = await estimateWindow(ports.session, names, before, syn2masSeconds);
	const findings = marked(ports, before, decided, result);
	const ofRules = new Set(decided.map(({ id }) => id));
	return {
		result,
		command,
		commandDigest: commandDigest(command),
		findings,
		passes: passes(result) && before.mas.masOnlyAccounts.count === 0 && !openFindings(findings).some(({ id, severity }) => ofRules.has(id) && severity === "error"),
		facts: before,
		seconds,
		expectedWindowSeconds: estimate.seconds,
		estimate: estimate.again,
		at
	};
}
function marked({ accept }, before, decided, { dialect, findings }) {
	const stops = ({ severity }) => severity === "error" || severity === "warning" && dialect === "syn2mas-tool";
	const withHost = (found) => found.map((finding) => ({
		...finding,
		host: before.host
	}));
	return [...withHost([...masOnlyFinding(before), ...findings.filter(stops)]), ...accept(withHost([...decided, ...findings.filter((finding) => !stops(finding))]))];
}
function passes({ dialect, outcome }) {
	return outcome === "clean" || dialect === "mas-cli" && outcome === "warnings";
}
const mostAttempts = 3;
async function runUntilProven(ports, options, names) {
	for (let attempt = 1;; attempt += 1) {
		const ran = await runTag(ports, options, names);
		if (ran.result.outcome !== "unproven" || attempt === mostAttempts) return ran;
		ports.log.warning(`The output of syn2mas does not show a result. Rehearsing again (${attempt + 1} of ${mostAttempts}).`);
	}
}
async function runTag(ports, options, names) {
	if (ports.playbook.target.checkout.dialect === "syn2mas-tool") return withMasRestarted(ports, names, () => callTag(ports));
	await dropLeftovers(ports, options.run !== void 0);
	return withScratch(ports, names, (folder) => callTag(ports, folder));
}
async function callTag({ playbook, log, abort }, folder) {
	const { checkout, host } = playbook.target;
	if (abort.aborted) throw cancelled(host);
	const { syn2masTag, dryRunVariable } = checkout.capabilities;
	log.info(`Running the playbook's tag ${syn2masTag} as a dry run.`);
	const outcome = await playbook.run({
		tags: [syn2masTag],
		vars: { extraVars: {
			[dryRunVariable]: true,
			...folder === void 0 ? {} : { matrix_authentication_service_config_path: folder }
		} },
		timeoutMs: 18e5
	});
	if (abort.aborted) throw cancelled(host);
	const { command, result, seconds } = tagCommand(outcome, host);
	const { code: exitCode, stdout, stderr } = result;
	return {
		command: realCommand(command, checkout.dialect, folder ?? "/matrix/matrix-authentication-service/config"),
		result: readSyn2mas({
			dialect: checkout.dialect,
			exitCode,
			stdout,
			stderr
		}),
		seconds: outcome.seconds,
		syn2masSeconds: seconds
	};
}
function cancelled(host) {
	return new ToolkitError({
		reason: "cancelled",
		what: "The rehearsal was cancelled.",
		where: host,
		meaning: "Users are not affected. The scratch database is removed, and MAS runs again if it was stopped.",
		remedy: "Rehearse again. No receipt was written."
	});
}

// src/migration/run/rehearsal-deps.ts
function rehearsalDeps(ports, settings) {
	const { session, window, playbook, clock } = ports;
	const { checkout } = playbook.target;
	let reviewed;
	return {
		checkReceipt: async (facts) => {
			const receipts = await readReceipts(session);
			const now = await circumstancesOf(window, facts, playbook, settings.host);
			const { valid, differences } = validReceipts(receipts, now, clock.now(), settings.receiptMaxAgeHours);
			if (valid.length === 0) throw doesNotFit(session.host, differences);
			reviewed = valid.map(({ commandDigest }) => commandDigest);
			const found = [...new Set(valid.flatMap(({ findings }) => findings.map(({ id }) => id)))];
			return found.length === 0 ? [] : [`The rehearsal that was reviewed had these findings: ${found.join(", ")}.`];
		},
		rehearse: async (run) => {
			const rehearsal = await rehearse(ports, { run });
			const { lastLines } = rehearsal.result;
			if (!rehearsal.passes) return {
				...rehearsal,
				lastLines,
				failure: doesNotPass(rehearsal)
			};
			if (reviewed?.includes(rehearsal.commandDigest) === false) throw doesNotFit(session.host, ["the syn2mas command or its image has changed"]);
			return {
				...rehearsal,
				lastLines
			};
		},
		doctor: async () => {
			const { code, stdout, stderr } = await session.run(["/matrix/matrix-authentication-service/bin/mas-cli", "doctor"], { timeoutMs: 6e4 });
			const delegation = checkout.dialect === "mas-cli" ? "mas" : "msc3861";
			return readDoctor({
				exitCode: code,
				stdout,
				stderr
			}, delegation);
		}
	};
}
function doesNotFit(host, different) {
	return new ToolkitError({
		reason: "receipt-differs",
		what: `The receipt of the rehearsal is not valid for this migration: ${different.join("; ")}.`,
		where: host,
		remedy: "Run syn2mas-dry-run with the vars of this migration, and review its findings."
	});
}
function doesNotPass({ findings, result, facts }) {
	const first = openFindings(findings).filter(({ severity }) => severity !== "notice").slice(0, 5);
	return new ToolkitError({
		reason: "syn2mas-failed",
		what: `The rehearsal found problems that would stop the migration. ${result.exitMeaning} ${first.map(({ message }) => message).join(" ")}`,
		where: facts.host,
		remedy: first[0]?.remedy ?? "Run syn2mas-dry-run and fix its findings."
	});
}

// src/inventory/evaluated-host.ts
function evaluatedHost(host, values, isComplete) {
	const vaults = host.layers.flatMap((layer) => layer.vaults);
	const evaluated = (variable) => {
		const { name, overridden } = variable;
		const json = values.get(name);
		if (json === void 0) return {
			name,
			state: "absent",
			overridden: [],
			hiddenIn: []
		};
		const definition = variable.definition && isOfPlaybook(variable.definition) ? void 0 : variable.definition;
		const place = definition?.value.place ?? startOf(vaults[0] ?? host.place.file);
		const value = jsonValue(json, place, (text) => ({
			kind: "string",
			value: text
		}));
		const { namePlace = place, source = "host_vars", group } = definition ?? {};
		return {
			name,
			state: "known",
			value,
			definition: {
				name,
				namePlace,
				value,
				source,
				group
			},
			overridden,
			hiddenIn: []
		};
	};
	return {
		...host,
		layers: isComplete ? host.layers.map((layer) => ({
			...layer,
			opaque: [],
			vaults: []
		})) : host.layers,
		variable: (name) => {
			const variable = host.variable(name);
			return values.has(name) ? evaluated(variable) : variable;
		}
	};
}

// src/actions/evaluated-findings.ts
function decisions({ subject }, { host }, playbook) {
	return {
		decided: () => evaluatedFindings(subject, host, (names, texts) => evaluateVariables(playbook, names, { texts })),
		accept: (findings) => {
			const { entries } = readAcceptances(subject.repository.files, standardAcceptances);
			const before = subject.base && readAcceptances(subject.base.files, "accepted-findings.yml").entries;
			return acceptFindings(findings, entries, (/* @__PURE__ */ new Date()).toISOString().slice(0, 10), before).filter(({ id }) => !id.startsWith("accepted/"));
		}
	};
}
async function evaluatedFindings(subject, host, evaluate) {
	const values = /* @__PURE__ */ new Map();
	const tried = /* @__PURE__ */ new Set();
	let isComplete = true;
	let before;
	for (;;) {
		const asked = /* @__PURE__ */ new Set();
		const seen = tried.size === 0 ? host : evaluatedHost(host, values, isComplete);
		const recorded = {
			...seen,
			variable: (name) => seen.variable(asked.add(name) && name)
		};
		const findings = checkHosts({
			...subject,
			hosts: [recorded]
		});
		before ??= findings;
		const names = [...asked].filter((name) => !tried.has(name) && isOpen(host, name));
		if (names.length === 0) return decidedBy(findings, before);
		for (const name of names) tried.add(name);
		const found = await ofInventory(host, names, evaluate);
		for (const [name, value] of found.values) values.set(name, value);
		isComplete &&= found.isComplete;
	}
}
async function ofInventory(host, names, evaluate) {
	const defaults = new Map(names.flatMap((name) => defaultIn(host.variable(name))));
	const texts = [...defaults.values()].flatMap(({ name, value }) => value.kind === "unknown" && value.source !== void 0 ? [[defaultOf(name), value.source]] : []);
	const evaluated = await evaluate(names, Object.fromEntries(texts));
	const isAsWritten = (name) => {
		const { value } = host.variable(name);
		if (!value) return false;
		const json = value.kind === "unknown" && defaults.has(name) ? evaluated.get(defaultOf(name)) : plain(value);
		return json !== void 0 && isDeepStrictEqual(evaluated.get(name), json);
	};
	const found = names.filter((name) => evaluated.has(name));
	return {
		values: new Map(found.filter((name) => !isAsWritten(name)).map((name) => [name, evaluated.get(name)])),
		isComplete: found.length === names.length
	};
}
function plain(value) {
	const { json, opaque } = toJson(value);
	return opaque.length > 0 ? void 0 : json;
}
const defaultOf = (name) => `default_of_${name}`;
function defaultIn({ definition }) {
	return definition && isOfPlaybook(definition) ? [[definition.name, definition]] : [];
}
function decidedBy(findings, before) {
	const known = new Set(before.filter(({ isUncertain }) => !isUncertain).map(keyOf));
	const uncertain = before.filter(({ isUncertain }) => isUncertain);
	return findings.filter((finding) => {
		const isDecided = uncertain.some(({ id, message }) => id === finding.id && message.startsWith(finding.message));
		return !finding.isUncertain && !finding.id.startsWith("change/") && (isDecided || finding.severity === "error") && !known.has(keyOf(finding));
	});
}
function keyOf({ id, severity, message }) {
	return `${severity} ${id} ${message}`;
}
function isOpen(host, name) {
	const { value, hiddenIn } = host.variable(name);
	const mayBeOverridden = host.layers.some(({ vaults }) => vaults.length > 0);
	return value === void 0 ? hiddenIn.length > 0 : mayBeOverridden || hasPart(value, isOpaque);
}

export { circumstancesOf as a, storedReceipts as c, rehearse as i, doesNotPass as n, receiptOf as o, rehearsalDeps as r, storeReceipt as s, decisions as t };