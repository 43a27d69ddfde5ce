import { c as markdownSentence, f as visible, r as jsonText } from "./escape.js";
import { i as pageAddress, n as rewordData } from "./words.js";
import { createHash } from "node:crypto";

// src/report/sarif.ts
const schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const levels = {
	error: "error",
	warning: "warning",
	notice: "note"
};
const mostResults = 25e3;
function renderSarif({ findings }, inventory, pages, reword) {
	const sorted = findings.slice(0, mostResults);
	const shown = rewordData(sorted, reword);
	const ids = [...new Set(sorted.map(({ id }) => id))];
	const count = occurrences();
	const fingerprints = sorted.map((finding) => fingerprint(finding, count));
	const log = {
		version: "2.1.0",
		$schema: schema,
		runs: [{
			tool: { driver: {
				name: "matrix-auth-actions",
				...pages && { informationUri: pages.root },
				rules: ids.map((id) => rule(id, shown, pages))
			} },
			automationDetails: { id: "matrix-auth-actions/validate-config/" },
			columnKind: "utf16CodeUnits",
			originalUriBaseIds: { SRCROOT: { description: { text: "The root of the repository." } } },
			results: shown.map((finding, index) => result(finding, ids.indexOf(finding.id), inventory, fingerprints[index] ?? ""))
		}]
	};
	return jsonText(log);
}
function rule(id, findings, pages) {
	const { severity = "notice", why = "", remedy = "", page } = findings.find((finding) => finding.id === id) ?? {};
	const helpUri = pageAddress(pages, page);
	return {
		id,
		shortDescription: { text: plain(why) },
		fullDescription: { text: plain(why) },
		help: {
			text: plain(remedy),
			markdown: markdownSentence(remedy)
		},
		...helpUri !== void 0 && { helpUri },
		defaultConfiguration: { level: levels[severity] },
		properties: { tags: [id.split("/")[0] ?? id] }
	};
}
function result(finding, ruleIndex, inventory, lineHash) {
	const { id, severity, message, place, host, remedy, suggestion, accepted } = finding;
	const text = `${message}${host === void 0 ? "" : ` (host ${host})`}. ${remedy}`;
	return {
		ruleId: id,
		ruleIndex,
		level: levels[severity],
		message: {
			text: plain(text),
			markdown: markdownSentence(text)
		},
		locations: [location(place ?? {
			file: inventory,
			line: 1,
			column: 1
		})],
		partialFingerprints: { primaryLocationLineHash: lineHash },
		...suggestion && { fixes: [fix(suggestion, remedy)] },
		...accepted && { suppressions: [{
			kind: "external",
			status: "accepted",
			justification: plain(accepted.reason)
		}] }
	};
}
function location(place) {
	return { physicalLocation: {
		artifactLocation: artifact(place.file),
		region: region(place)
	} };
}
function artifact(file) {
	return {
		uri: file.split("/").map((segment) => encodeURIComponent(segment.toWellFormed())).join("/"),
		uriBaseId: "SRCROOT"
	};
}
function region({ line, column, endLine, endColumn }) {
	return {
		startLine: line,
		startColumn: column,
		...endLine !== void 0 && { endLine },
		...endColumn !== void 0 && { endColumn }
	};
}
function fix({ place, text }, description) {
	return {
		description: { text: plain(description) },
		artifactChanges: [{
			artifactLocation: artifact(place.file),
			replacements: [{
				deletedRegion: region(place),
				insertedContent: { text }
			}]
		}]
	};
}
function plain(text) {
	return visible(text).replace(/[\\[\]]/g, "\\$&");
}
function occurrences() {
	const seen = /* @__PURE__ */ new Map();
	return (key) => {
		const before = seen.get(key) ?? 0;
		seen.set(key, before + 1);
		return before;
	};
}
function fingerprint({ id, message, place, host }, count) {
	const key = JSON.stringify([
		id,
		message.replace(/\d+/g, "#"),
		place?.file ?? "",
		host ?? ""
	]);
	return `${createHash("sha256").update(key).digest("hex").slice(0, 16)}:${count(key) + 1}`;
}

export { renderSarif };