import { _ as RequestError, a as pushedCommits, c as runAddress, d as linesInDiff, g as describeApiErrors, h as createGitHubClient, i as pullRequestOf, l as workflowOf, m as pullRequestsMergedBy, n as isRollback, o as repositoryOf, r as placeAddress, s as reviewAddress, t as headCommitOf, u as headOf } from "./event2.js";
import { f as openFindings, l as plural } from "./account-counts.js";
import { A as note, C as folded, D as link, E as lines, M as strong, O as list, S as code, b as renderMarkdown, g as startOperation, j as paragraph, k as marker, w as heading, x as block, y as markerLine } from "./stage.js";
import { C as incidentMarker, D as renderRecovery, E as renderNotChecked, F as notShown, H as fitToLimit, I as reasons, L as stagesOf, M as acceptedList, N as findingsList, O as uncheckedErrors, P as headline, R as diffSuggestion, T as renderNoDoctor, U as mostCommentBytes, f as countsText, g as validUntil, h as rehearsedHeadline, j as timeText, k as estimateText, m as rehearsalSign, r as defineAction, w as renderIncident } from "./run-action.js";
import { n as rollbackRule, t as isRollbackAccepted } from "./verdict.js";
import { a as pagesOf, i as pageAddress } from "./words.js";
import { n as isDraft, r as isTextEdit } from "./event.js";
import { n as reportInputs, t as reportFolder } from "./report-folder.js";
import { d as titleText, l as markdownSuggestion } from "./escape.js";
import { C as secret, E as wholeNumber, T as text, b as optional, x as paths } from "./git.js";
import { c as playbookInputs } from "./playbook.js";
import { i as ToolkitError } from "./exec.js";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { createHash } from "node:crypto";
import { basename, join } from "node:path";

// src/github/comments.ts
const pageSize = 100;
function isOurs({ user, body }, marker, login) {
	return user?.login === login && (body ?? "").startsWith(`${marker}\n`);
}
async function findOwn(client, issue, marker) {
	const { owner, repo } = client;
	const login = await client.ownLogin();
	const found = [];
	for (let page = 1;; page += 1) {
		const { data } = await client.request("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
			owner,
			repo,
			issue_number: issue,
			per_page: pageSize,
			page
		});
		const own = data.filter((comment) => isOurs(comment, marker, login));
		found.push(...own.map(({ id, body = "" }) => ({
			id: Number(id),
			body
		})));
		if (data.length < pageSize) return found.toSorted((a, b) => a.id - b.id);
	}
}
async function stickyComment(client, issue, marker) {
	const [own] = await describeApiErrors(`read the comments on #${issue}`, () => findOwn(client, issue, marker));
	return own?.body;
}
async function writeStickyComment(client, issue, marker, body, kept) {
	if (!body.startsWith(marker)) throw new Error("a sticky comment begins with its marker");
	const { owner, repo } = client;
	return describeApiErrors(`write the comment on #${issue}`, async () => {
		const before = await findOwn(client, issue, marker);
		if (kept !== void 0 && before.some((comment) => comment.body.includes(kept))) return "kept";
		if (before.length === 0) await client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
			owner,
			repo,
			issue_number: issue,
			body
		});
		const [own, ...others] = before.length === 0 ? await findOwn(client, issue, marker) : before;
		if (before.length === 0 && others.length === 0) return "added";
		const comment = "/repos/{owner}/{repo}/issues/comments/{comment_id}";
		if (own !== void 0) await client.request(`PATCH ${comment}`, {
			owner,
			repo,
			comment_id: own.id,
			body
		});
		for (const { id } of others) await removeComment(client, id);
		return "edited";
	});
}
async function removeComment({ owner, repo, request }, id) {
	await request("DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}", {
		owner,
		repo,
		comment_id: id
	}).catch((error) => {
		if (!(error instanceof RequestError && error.status === 404)) throw error;
	});
}

// src/github/statuses.ts
async function setStatus({ owner, repo, request }, sha, { context, state, description, address }) {
	const about = {
		context,
		state,
		description,
		...address !== void 0 && { target_url: address }
	};
	await describeApiErrors(`set the status of ${sha}`, () => request("POST /repos/{owner}/{repo}/statuses/{sha}", {
		owner,
		repo,
		sha,
		...about
	}));
}

// src/report/readiness.ts
const possible = /* @__PURE__ */ new Set([
	"nothing",
	"deploy",
	"migrate",
	"roll-back"
]);
function readiness({ verdict, rehearsals = [] }, findings) {
	const plans = verdict.hosts.map(({ outlook }) => outlook.expected);
	const isRollback = plans.includes("roll-back") && !plans.includes("deploy") && !plans.includes("migrate");
	const hasFailed = rehearsals.some(({ verdict: each }) => each === "would-fail" || each === "failed");
	if (isImpossible(verdict) || !isRollback && hasErrors(findings) || hasFailed) return "refused";
	if (plans.includes("migrate")) {
		const rehearsed = new Set(rehearsals.map(({ host }) => host));
		return verdict.hosts.every(({ host, outlook }) => outlook.expected !== "migrate" || rehearsed.has(host)) ? "migrate" : "unproven";
	}
	if (isRollback) return "roll-back";
	return plans.some((plan) => plan !== "nothing") ? "change" : "nothing";
}
function isImpossible({ hosts }) {
	return hosts.some(({ outlook }) => !possible.has(outlook.expected));
}
function hasErrors(findings) {
	return openFindings(findings).some(({ severity }) => severity === "error");
}
function verdictLine(parts, findings) {
	const { rehearsals = [] } = parts;
	const counts = (before) => findings.length === 0 ? "" : `${before}${headline(findings).replace(/^\S+ /, "")}`;
	switch (readiness(parts, findings)) {
		case "refused": return `❌ Not ready: ${rehearsedHeadline(findings, rehearsals).replace(/^\S+ /, "")}`;
		case "unproven":
			if (parts.verdict.appliedByHand) return `✅ Ready to rehearse in a terminal${counts(": ")}`;
			return `⏳ Not ready yet: the migration has not been rehearsed for this commit${counts("; ")}`;
		case "migrate": {
			const upper = Math.max(0, ...rehearsals.map(({ expectedWindowSeconds = 0 }) => expectedWindowSeconds));
			const each = rehearsals.length > 1 ? " per host" : "";
			return `✅ Ready to migrate${upper > 0 ? `; expected downtime${each}: ${estimateText(upper)}` : ""}${counts("; ")}`;
		}
		case "roll-back": return `⚠️ ${rollbackLines[acceptance(parts, findings)]}${counts("; ")}`;
		case "change": return `✅ Ready to deploy${counts(": ")}`;
		case "nothing": return `✅ Nothing to do${counts(": ")}`;
	}
}
function nextStep(parts, findings) {
	const ready = readiness(parts, findings);
	if (parts.verdict.appliedByHand && ready !== "refused" && ready !== "nothing") return [inTerminal(ready, findings)];
	const { review, commit } = parts;
	switch (ready) {
		case "refused": {
			const isMigration = parts.verdict.hosts.some(({ outlook }) => outlook.expected === "migrate");
			const isRehearsed = (parts.rehearsals ?? []).length > 0;
			const isOnServer = !isImpossible(parts.verdict) && !hasErrors(parts.verdict.findings);
			const isFixable = openFindings(findings).some(({ suggestion }) => suggestion);
			return [paragraph(next, isOnServer ? " fix what stopped the rehearsal. Then run the failed jobs of its run again, or push a commit, which is checked again." : " fix the errors and push a commit, which is checked again.", ` Until then, ${parts.verdict.appliedByHand ? "do not merge" : "merging is refused or fails"}.`, ...isFixable ? [" `npx matrix-auth-actions validate --fix` writes the proposed lines."] : []), ...isMigration && !isRehearsed ? [notRehearsed] : []];
		}
		case "unproven":
			if (parts.isDraft) return [notRehearsed, paragraph(next, " mark this draft as ready for review. Until then, it is not rehearsed.")];
			return [notRehearsed, paragraph(next, " a reviewer of the environment `matrix-rehearsal` approves the rehearsal. If the environment has no reviewers, a person who has read the commit starts ", link("the workflow that reviews changes", review), ...commit === void 0 ? ["."] : [
				" with `head-commit`: ",
				code(commit),
				"."
			])];
		case "migrate": return [afterMerge("the migration", findings), ...validity(parts.rehearsals ?? [])];
		case "roll-back": return [...acceptance(parts, findings) === "none" ? [acceptOrMerge] : [afterMerge("the rollback", findings), ifSessionsEnd], ...hasErrors(findings) ? [errorsRemain] : []];
		case "change": return [afterMerge("the deployment", findings)];
		case "nothing": return [];
	}
}
function acceptance({ verdict }, findings) {
	const hosts = verdict.hosts.filter(({ outlook }) => outlook.expected === "roll-back");
	const accepted = hosts.filter(({ host }) => isRollbackAccepted(findings, host));
	if (verdict.appliedByHand || accepted.length === hosts.length) return "all";
	return accepted.length > 0 ? "some" : "none";
}
const rollbackLines = {
	all: "Ready to roll back to Synapse's built-in login",
	some: "Merging rolls back only the servers whose warning is accepted",
	none: "Merging does not roll back a live server unless you accept the warning"
};
const next = strong("Next:");
const acceptOrMerge = paragraph(next, " if you have rolled the server back already, merge this pull request. If the merge is to roll it back, first accept the warning ", code(rollbackRule), " in this pull request.");
const ifSessionsEnd = paragraph("If users would lose anything, the rollback is refused and says what. It is then started manually with the number that it shows.");
const errorsRemain = paragraph("The errors do not stop a rollback. But these vars are deployed only after the errors are fixed.");
function afterMerge(what, findings) {
	return paragraph(next, ` ${mergeIt(findings)}. Then a reviewer of the environment \`matrix-production\` approves ${what}. If the environment has no reviewers, the merge starts it.`);
}
function mergeIt(findings) {
	return `${openFindings(findings).some(({ severity }) => severity === "warning") ? "read the warnings below, then merge" : "merge"} this pull request`;
}
function inTerminal(ready, findings) {
	const merge = `${mergeIt(findings)}. The merge alone changes no server, because the repository has no workflow that applies it. In your clone of the default branch, run `;
	switch (ready) {
		case "unproven":
		case "migrate": return paragraph(next, " in your clone of this branch, run `npx matrix-auth-actions rehearse`. If the rehearsal passes, ", `${merge}\`npx matrix-auth-actions migrate\`. Do not deploy it with the playbook: that would lock out all users.`);
		case "roll-back": return paragraph(next, ` ${merge}\`npx matrix-auth-actions rollback\`.`);
		case "change": return paragraph(next, ` ${merge}\`npx matrix-auth-actions deploy\`.`);
	}
}
function validity(rehearsals) {
	const until = validUntil(rehearsals);
	if (until === void 0) return [];
	return [paragraph("The rehearsal is valid until ", strong(until), " by default. After that, rehearse again before you merge.")];
}
const notRehearsed = paragraph(strong("Not rehearsed."), " Without a rehearsal of this commit, the migration is refused after the merge.");

// src/report/since.ts
const prefix = "findings:";
const most$1 = 300;
function keyOf$1({ id, host = "", place, message }) {
	return `${id}~${createHash("sha256").update(JSON.stringify([
		id,
		host,
		place?.file,
		message
	])).digest("hex").slice(0, 12)}`;
}
function sinceMarker(findings) {
	const open = openFindings(findings);
	return open.length > most$1 ? void 0 : [prefix, ...open.map(keyOf$1)].join(" ");
}
function keptFindings(comment) {
	const [, kept] = /^<!-- findings:((?: [a-z0-9-]+\/[a-z0-9-]+~[0-9a-f]{12})*) -->$/m.exec(comment) ?? [];
	return kept?.split(" ").filter(Boolean);
}
function changesSince(kept, findings) {
	const before = Map.groupBy(kept, (key) => key);
	const open = openFindings(findings);
	const isNew = new Set(open.filter((finding) => before.get(keyOf$1(finding))?.pop() === void 0));
	const fixed = [...before.values()].flat().map((key) => key.replace(/~.*/, ""));
	const changes = [...isNew.size > 0 ? [[plural(isNew.size, "new finding")]] : [], ...fixed.length > 0 ? [[
		`${plural(fixed.length, "finding")} fixed (`,
		...listed(fixed),
		")"
	]] : []].flatMap((part, index) => index === 0 ? part : [", ", ...part]);
	return {
		isNew,
		text: [
			"Since the last check: ",
			...changes.length === 0 ? ["no change in the findings"] : changes,
			"."
		]
	};
}
function listed(ids) {
	const names = [...new Set(ids)];
	return names.slice(0, 5).flatMap((id, index) => [
		...index === 0 ? [] : [", "],
		code(id),
		...index === 4 && names.length > 5 ? [" …"] : []
	]);
}

// src/report/comment.ts
const name$2 = "matrix-auth-actions";
const commentMarker = markerLine(name$2);
function renderComment(parts) {
	const markers = markersOf(parts);
	const text = fitToLimit([...[
		200,
		50,
		10,
		0
	].map((rows) => render(parts, rows)), render(parts, 0, onlyCounted)], mostCommentBytes - Buffer.byteLength(markers));
	return markers === "" ? text : `${text}\n${markers}\n`;
}
function markersOf(parts) {
	const findings = sinceMarker(allFindings(parts));
	return [...(parts.rehearsals ?? []).length === 0 ? [] : [rehearsedMarker(parts)], ...findings === void 0 ? [] : [markerLine(findings)]].join("\n");
}
function rehearsedMarker({ verdict, commit }) {
	const digest = createHash("sha256").update(JSON.stringify([commit, verdict])).digest("hex");
	return markerLine(`rehearsed: ${digest}`);
}
function allFindings({ verdict, rehearsals = [] }) {
	return [...verdict.findings, ...rehearsals.flatMap((rehearsal) => rehearsal.findings)];
}
function render(parts, rows, hostsPart = merging) {
	const { verdict, rehearsals = [], pages, addressOf, changedFiles, suggested, previous } = parts;
	const findings = allFindings(parts);
	const kept = previous === void 0 ? void 0 : keptFindings(previous);
	const since = kept && changesSince(kept, findings);
	const view = {
		most: rows,
		pages,
		addressOf,
		changedFiles,
		...suggested && { suggested },
		...since && { isNew: since.isNew }
	};
	return renderMarkdown([
		marker(name$2),
		heading(3, verdictLine(parts, findings)),
		...hostsPart(parts, rows),
		...nextStep(parts, findings),
		...since ? [paragraph(...since.text)] : [],
		...findingsList(findings, view),
		...acceptedList(findings, view),
		...rows >= 50 ? reasons(findings) : [],
		...rows >= 10 ? stagesOf(verdict.hosts, rows, pages) : [],
		...rehearsalFailures(rehearsals, rows),
		...commitLine(parts)
	]);
}
function merging({ verdict: { hosts }, rehearsals = [] }, rows) {
	const touched = hosts.filter(({ outlook }) => outlook.expected !== "nothing");
	const most = Math.max(rows, 1);
	const items = touched.slice(0, most).map(({ host, outlook }) => {
		const rehearsal = rehearsals.find((each) => each.host === host);
		return [lines([code(host), `: ${outlook.sentence}`], ...rehearsal ? [rehearsed(rehearsal)] : [])];
	});
	const known = new Set(hosts.map(({ host }) => host));
	const others = rehearsals.filter(({ host }) => !known.has(host));
	const untouched = hosts.length - touched.length;
	return [
		...list([...items, ...others.map((each) => [lines([
			code(each.host),
			": ",
			...rehearsed(each)
		])])]),
		...notShown(touched.length - items.length, "host"),
		...untouched > 0 && touched.length > 0 ? [paragraph(`Merging changes nothing on ${plural(untouched, "other host")}.`)] : [],
		...touched.length === 0 && hosts.length > 0 ? [paragraph("Merging changes nothing on any server.")] : [],
		...hosts.length === 0 ? [paragraph("The inventory has no hosts.")] : []
	];
}
function onlyCounted({ verdict: { hosts } }) {
	return hosts.length === 0 ? [] : [note(`${plural(hosts.length, "host")}, not shown here.`)];
}
const results = {
	clean: "Rehearsed",
	findings: "Rehearsed",
	"would-fail": "Rehearsed",
	failed: "The rehearsal could not run",
	live: "Nothing to rehearse"
};
function rehearsed(report) {
	const { verdict, message, counts = {}, expectedWindowSeconds, rehearsedAt } = report;
	const at = rehearsedAt === void 0 ? "" : ` at ${timeText(rehearsedAt)}`;
	if (verdict === "would-fail") return [`${rehearsalSign(report)} ${results[verdict]}${at}: ${message}`];
	const amounts = countsText(counts);
	return [
		`${rehearsalSign(report)} ${results[verdict]}${at}: ${message}`,
		amounts === "" ? "" : ` It would migrate ${amounts}.`,
		expectedWindowSeconds === void 0 ? "" : ` Expected downtime: ${estimateText(expectedWindowSeconds)}.`
	];
}
function rehearsalFailures(rehearsals, rows) {
	const most = Math.min(20, Math.floor(rows / 2));
	if (most === 0) return [];
	return rehearsals.filter(({ verdict, toolOutput }) => verdict === "would-fail" && toolOutput?.length).flatMap(({ host, toolOutput = [] }) => folded(`What syn2mas printed last on ${host}`, [block(toolOutput.slice(-most).join("\n"))]));
}
function renderNoVerdict(commit, run) {
	return renderMarkdown([
		marker(name$2),
		heading(3, "❌ Not checked"),
		paragraph("The check of this commit failed before it had a result. For the cause, see ", link("the log of the job", run), "."),
		...commitLine({ commit })
	]);
}
function commitLine({ commit, run }) {
	if (commit === void 0) return [];
	return [note("Written by matrix-auth-actions for commit ", code(commit), ".", ...run === void 0 ? [] : [
		" Details: ",
		link("the log and the reports", run),
		"."
	])];
}

// src/report/outcome.ts
const name$1 = "matrix-auth-actions: outcome";
const outcomeMarker = markerLine(name$1);
const operations = {
	plan: "plan",
	migrate: "migration",
	resume: "end of an unfinished run",
	rollback: "rollback",
	status: "status",
	deploy: "deployment"
};
function renderOutcome(outcomes, commit, { run, review, pages }) {
	const isDone = outcomes.length > 0 && outcomes.every(({ ok }) => ok);
	const failed = outcomes.find(({ ok, operation, needsRehearsal }) => !ok && operation !== "plan" && !needsRehearsal);
	const items = outcomes.map(({ host, operation, ok, sentence }) => [lines([
		ok ? "✅ " : "❌ ",
		host === "" ? "all hosts" : code(host),
		`, ${operations[operation]}: ${sentence}`
	])]);
	const text = renderMarkdown([
		marker(name$1),
		heading(3, title(outcomes, isDone)),
		...isUntouched(outcomes) ? [paragraph("No server was changed.")] : [],
		...items.length > 0 ? list(items) : [paragraph("The run ended before it did anything: it was cancelled, not approved, or replaced by a newer run.")],
		...outcomes.some(({ needsRehearsal }) => needsRehearsal) ? howToRehearse(review) : [],
		...failed === void 0 ? [] : goOn(failed, outcomes),
		...outcomes.some(({ migrated }) => migrated) ? afterwards(isDone ? "Next:" : "Where users log in through MAS now:", pages) : [],
		note("Written by matrix-auth-actions for commit ", code(commit), ". Details: ", link("the log and the summary of the run", run), ".")
	]);
	return fitToLimit([text], mostCommentBytes);
}
function title(outcomes, isDone) {
	if (isDone) return "✅ The merge was applied";
	return isUntouched(outcomes) ? "❌ The merge was not applied" : "❌ The merge was not applied completely";
}
function isUntouched(outcomes) {
	return outcomes.length > 0 && outcomes.every(({ host, ok }) => host === "" && !ok);
}
function goOn({ host, operation }, outcomes) {
	const hasOthers = outcomes.some((each) => !each.ok && each.host !== host);
	return [paragraph(strong("Next:"), " fix the problem on ", code(host), ", as its line above says. Then run the failed jobs of this run again, which continues with the hosts after it. If you changed the vars for it, merge that change instead, and ", `${startOperation(operation)}, for `, code(host), hasOthers ? ". Start it for each other host that has a ❌, too, with the operation that this merge asks for there." : ".")];
}
function afterwards(title, pages) {
	return [paragraph(strong(title), " log in with an app of your own, and send users the text in the summary of the run. ", link("After the migration", pageAddress(pages, "docs/after.md")), " says what is new for administrators, registration, bots and bridges.")];
}
function howToRehearse(review) {
	return [paragraph(strong("Next:"), " to rehearse the default branch as it is, start ", link("the workflow that reviews changes", review), " manually. Then run the failed jobs of this run again.")];
}

// src/github/issues.ts
function findIncident(client, incident) {
	const { owner, repo, request, ownLogin } = client;
	return describeApiErrors("find the issue of an incident", async () => {
		const { data } = await request("GET /repos/{owner}/{repo}/issues", {
			owner,
			repo,
			labels: incident.label,
			state: "open",
			sort: "created",
			direction: "asc",
			per_page: 100
		});
		const login = await ownLogin();
		const own = data.find((issue) => isOurs(issue, incident.marker, login));
		return own && {
			number: own.number,
			body: own.body ?? "",
			since: own.created_at
		};
	});
}
async function reportIncident(client, incident, open, { title, body: text }) {
	const { owner, repo } = client;
	return describeApiErrors("report the incident as an issue", async () => {
		const body = `${incident.marker}\n\n${text}`;
		if (open === void 0) return (await client.request("POST /repos/{owner}/{repo}/issues", {
			owner,
			repo,
			title,
			body,
			labels: [incident.label]
		})).data.number;
		await client.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
			owner,
			repo,
			issue_number: open.number,
			title,
			body
		});
		return open.number;
	});
}
function closeIncident(client, open, comment) {
	return describeApiErrors("close the issue of an incident that is over", () => close(client, open.number, comment));
}
async function closeIncidents(client, { marker, isOver }, comment) {
	return describeApiErrors("close the issues of incidents that are over", async () => {
		const login = await client.ownLogin();
		const numbers = (await openIssues(client)).filter((issue) => isOurs(issue, marker, login)).filter(({ labels, body }) => labels.some((each) => isOver(typeof each === "string" ? each : each.name ?? "", body ?? ""))).map(({ number }) => number);
		for (const number of numbers) await close(client, number, comment);
		return numbers;
	});
}
async function openIssues({ owner, repo, request }) {
	const route = "GET /repos/{owner}/{repo}/issues";
	const page = async (number) => (await request(route, {
		owner,
		repo,
		state: "open",
		per_page: 100,
		page: number
	})).data;
	const issues = await page(1);
	for (let next = 2; issues.length === (next - 1) * 100; next += 1) issues.push(...await page(next));
	return issues;
}
async function close({ owner, repo, request }, number, body) {
	const issue = {
		owner,
		repo,
		issue_number: number
	};
	await request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
		...issue,
		body
	});
	await request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
		...issue,
		state: "closed"
	});
}

// src/actions/publish/health.ts
const label = "matrix-doctor";
async function publishHealth(client, reports, context) {
	const marker = incidentMarker(context.workflow);
	const open = await findIncident(client, {
		label,
		marker
	});
	if (open && isLater(open.body, context.run)) return [`A newer run wrote #${open.number}: nothing is published.`];
	if (!reports) {
		const text = {
			title: "The doctor could not run",
			body: renderNoDoctor(context.run)
		};
		return [`The doctor wrote no report: reported in #${await reportIncident(client, {
			label,
			marker
		}, open, text)}.`];
	}
	if (open) await closeIncident(client, open, "The doctor runs again.");
	const lines = open ? [`The doctor runs again: closed #${open.number}.`] : [];
	for (const health of reports.hosts) lines.push(await publishHost(client, health, marker, context));
	return [...lines, ...await closeRemovedHosts(client, reports, marker, context.run)];
}
async function closeRemovedHosts(client, { inventory }, marker, run) {
	if (inventory === void 0) return [];
	const known = new Set(inventory.map((host) => labelOf(host).toLowerCase()));
	const isRemoved = (each, body) => each.startsWith(`${label}:`) && !known.has(each.toLowerCase()) && !isLater(body, run);
	return (await closeIncidents(client, {
		marker,
		isOver: isRemoved
	}, renderNotChecked())).map((number) => `The playbook no longer runs on the host of #${number}: closed.`);
}
async function publishHost(client, health, marker, { run, pages, now }) {
	const { host, healthy } = health;
	const incident = {
		label: labelOf(host),
		marker
	};
	const at = now.toISOString();
	const open = await findIncident(client, incident);
	if (open && isLater(open.body, run)) return `${host}: a newer run wrote #${open.number}, which stays as it is.`;
	const { since = at, body: previous = "" } = open ?? {};
	if (healthy && uncheckedErrors(health, previous).length === 0) {
		if (!open) return `${host} is healthy.`;
		await closeIncident(client, open, renderRecovery(host, since, at));
		return `${host} is healthy again: closed #${open.number}.`;
	}
	const title = titleText(`${host} is not healthy`);
	const body = renderIncident(health, {
		since,
		previous,
		at,
		pages,
		run
	});
	const number = await reportIncident(client, incident, open, {
		title,
		body
	});
	return healthy ? `${host}: an earlier error could not be checked again, so #${number} stays open.` : `${host} is not healthy: reported in #${number}.`;
}
function isLater(text, run) {
	const [written, own] = [runIn(text), runIn(run)];
	return written.runs === own.runs && written.number > own.number;
}
function runIn(text = "") {
	const [, runs = "", number = ""] = [...text.matchAll(/(https?:\/\/\S+\/actions\/runs\/)(\d+)/g)].at(-1) ?? [];
	return {
		runs,
		number: Number(number)
	};
}
function labelOf(host) {
	const name = `${label}:${host}`;
	if (/^[\w.:-]{1,50}$/.test(name)) return name;
	const digest = createHash("sha256").update(host).digest("hex").slice(0, 8);
	return `${name.replace(/[^\w.:-]/g, "_").slice(0, 41)}~${digest}`;
}

// src/actions/publish/inputs.ts
const inputTable = {
	...reportInputs,
	"github-token": secret(),
	"pull-request": optional(wholeNumber({ min: 1 })),
	inventory: paths("inventory/hosts"),
	"playbook-path": text("playbook"),
	...playbookInputs
};

// src/generated/doctor.ts
const validate$3 = validate10$3;
const schema11$1 = {
	"$schema": "http://json-schema.org/draft-07/schema#",
	"$id": "https://matrix-auth-actions.example/schemas/doctor.schema.json",
	"title": "Result of doctor",
	"type": "object",
	"required": ["version", "hosts"],
	"additionalProperties": false,
	"properties": {
		"version": { "const": 1 },
		"inventory": {
			"description": "The names of all hosts of the playbook, also of those that were not checked. Absent if the inventory could not be read whole.",
			"type": "array",
			"items": {
				"type": "string",
				"pattern": "^."
			}
		},
		"hosts": {
			"type": "array",
			"items": {
				"type": "object",
				"required": [
					"host",
					"findings",
					"good",
					"healthy"
				],
				"additionalProperties": false,
				"properties": {
					"host": {
						"type": "string",
						"pattern": "^."
					},
					"stage": { "$ref": "validation.schema.json#/definitions/actualStage" },
					"findings": {
						"type": "array",
						"items": { "$ref": "rehearsal.schema.json#/definitions/finding" }
					},
					"checks": {
						"type": "array",
						"items": {
							"type": "object",
							"required": [
								"id",
								"result",
								"detail",
								"seconds"
							],
							"additionalProperties": false,
							"properties": {
								"id": {
									"type": "string",
									"pattern": "^doctor/[a-z0-9-]+$"
								},
								"result": {
									"description": "`unknown`: it could not run. `skipped`: not applicable to this server. Neither is a pass.",
									"enum": [
										"holds",
										"fails",
										"unknown",
										"skipped"
									]
								},
								"detail": {
									"description": "May quote the server.",
									"type": "string"
								},
								"seconds": {
									"type": "number",
									"minimum": 0
								}
							}
						}
					},
					"good": {
						"type": "integer",
						"minimum": 0
					},
					"healthy": { "type": "boolean" }
				}
			}
		}
	}
};
const schema22 = { "enum": [
	"absent",
	"installed",
	"partial",
	"copied",
	"live",
	"inconsistent"
] };
const pattern0$2 = /* @__PURE__ */ new RegExp("^.", "u");
const pattern14 = /* @__PURE__ */ new RegExp("^doctor/[a-z0-9-]+$", "u");
const schema25 = {
	"description": "As in validation.schema.json. A finding of a tool also has the number of rows that it covers.",
	"type": "object",
	"required": [
		"id",
		"severity",
		"message",
		"why",
		"remedy"
	],
	"additionalProperties": false,
	"properties": {
		"id": {
			"type": "string",
			"pattern": "^[a-z0-9-]+/[a-z0-9-]+$"
		},
		"severity": { "enum": [
			"error",
			"warning",
			"notice"
		] },
		"message": { "type": "string" },
		"place": { "$ref": "validation.schema.json#/definitions/finding/properties/place" },
		"host": { "type": "string" },
		"why": { "type": "string" },
		"remedy": { "type": "string" },
		"page": {
			"description": "The page of the check, relative to the root of the toolkit's repository.",
			"type": "string",
			"pattern": "^docs/(?:rules|checks)/[a-z0-9-]+\\.md$"
		},
		"suggestion": { "$ref": "validation.schema.json#/definitions/finding/properties/suggestion" },
		"isUncertain": { "$ref": "validation.schema.json#/definitions/finding/properties/isUncertain" },
		"accepted": { "$ref": "validation.schema.json#/definitions/finding/properties/accepted" },
		"count": {
			"type": "integer",
			"minimum": 0
		}
	}
};
const func2$2 = Object.prototype.hasOwnProperty;
const pattern2 = /* @__PURE__ */ new RegExp("^[a-z0-9-]+/[a-z0-9-]+$", "u");
const pattern5$1 = /* @__PURE__ */ new RegExp("^docs/(?:rules|checks)/[a-z0-9-]+\\.md$", "u");
function validate19(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
	let vErrors = null;
	let errors = 0;
	if (data && typeof data == "object" && !Array.isArray(data)) {
		if (data.place === void 0) {
			const err0 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "place" },
				message: "must have required property 'place'"
			};
			if (vErrors === null) vErrors = [err0];
			else vErrors.push(err0);
			errors++;
		}
		if (data.text === void 0) {
			const err1 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "text" },
				message: "must have required property 'text'"
			};
			if (vErrors === null) vErrors = [err1];
			else vErrors.push(err1);
			errors++;
		}
		for (const key0 in data) if (!(key0 === "place" || key0 === "text")) {
			const err2 = {
				instancePath,
				schemaPath: "#/additionalProperties",
				keyword: "additionalProperties",
				params: { additionalProperty: key0 },
				message: "must NOT have additional properties"
			};
			if (vErrors === null) vErrors = [err2];
			else vErrors.push(err2);
			errors++;
		}
		if (data.place !== void 0) {
			let data0 = data.place;
			if (data0 && typeof data0 == "object" && !Array.isArray(data0)) {
				if (data0.file === void 0) {
					const err3 = {
						instancePath: instancePath + "/place",
						schemaPath: "#/definitions/place/required",
						keyword: "required",
						params: { missingProperty: "file" },
						message: "must have required property 'file'"
					};
					if (vErrors === null) vErrors = [err3];
					else vErrors.push(err3);
					errors++;
				}
				if (data0.line === void 0) {
					const err4 = {
						instancePath: instancePath + "/place",
						schemaPath: "#/definitions/place/required",
						keyword: "required",
						params: { missingProperty: "line" },
						message: "must have required property 'line'"
					};
					if (vErrors === null) vErrors = [err4];
					else vErrors.push(err4);
					errors++;
				}
				if (data0.column === void 0) {
					const err5 = {
						instancePath: instancePath + "/place",
						schemaPath: "#/definitions/place/required",
						keyword: "required",
						params: { missingProperty: "column" },
						message: "must have required property 'column'"
					};
					if (vErrors === null) vErrors = [err5];
					else vErrors.push(err5);
					errors++;
				}
				for (const key1 in data0) if (!(key1 === "file" || key1 === "line" || key1 === "column" || key1 === "endLine" || key1 === "endColumn")) {
					const err6 = {
						instancePath: instancePath + "/place",
						schemaPath: "#/definitions/place/additionalProperties",
						keyword: "additionalProperties",
						params: { additionalProperty: key1 },
						message: "must NOT have additional properties"
					};
					if (vErrors === null) vErrors = [err6];
					else vErrors.push(err6);
					errors++;
				}
				if (data0.file !== void 0) {
					if (typeof data0.file !== "string") {
						const err7 = {
							instancePath: instancePath + "/place/file",
							schemaPath: "#/definitions/place/properties/file/type",
							keyword: "type",
							params: { type: "string" },
							message: "must be string"
						};
						if (vErrors === null) vErrors = [err7];
						else vErrors.push(err7);
						errors++;
					}
				}
				if (data0.line !== void 0) {
					let data2 = data0.line;
					if (!(typeof data2 == "number" && !(data2 % 1) && !isNaN(data2) && isFinite(data2))) {
						const err8 = {
							instancePath: instancePath + "/place/line",
							schemaPath: "#/definitions/place/properties/line/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err8];
						else vErrors.push(err8);
						errors++;
					}
					if (typeof data2 == "number" && isFinite(data2)) {
						if (data2 < 1 || isNaN(data2)) {
							const err9 = {
								instancePath: instancePath + "/place/line",
								schemaPath: "#/definitions/place/properties/line/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err9];
							else vErrors.push(err9);
							errors++;
						}
					}
				}
				if (data0.column !== void 0) {
					let data3 = data0.column;
					if (!(typeof data3 == "number" && !(data3 % 1) && !isNaN(data3) && isFinite(data3))) {
						const err10 = {
							instancePath: instancePath + "/place/column",
							schemaPath: "#/definitions/place/properties/column/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err10];
						else vErrors.push(err10);
						errors++;
					}
					if (typeof data3 == "number" && isFinite(data3)) {
						if (data3 < 1 || isNaN(data3)) {
							const err11 = {
								instancePath: instancePath + "/place/column",
								schemaPath: "#/definitions/place/properties/column/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err11];
							else vErrors.push(err11);
							errors++;
						}
					}
				}
				if (data0.endLine !== void 0) {
					let data4 = data0.endLine;
					if (!(typeof data4 == "number" && !(data4 % 1) && !isNaN(data4) && isFinite(data4))) {
						const err12 = {
							instancePath: instancePath + "/place/endLine",
							schemaPath: "#/definitions/place/properties/endLine/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err12];
						else vErrors.push(err12);
						errors++;
					}
					if (typeof data4 == "number" && isFinite(data4)) {
						if (data4 < 1 || isNaN(data4)) {
							const err13 = {
								instancePath: instancePath + "/place/endLine",
								schemaPath: "#/definitions/place/properties/endLine/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err13];
							else vErrors.push(err13);
							errors++;
						}
					}
				}
				if (data0.endColumn !== void 0) {
					let data5 = data0.endColumn;
					if (!(typeof data5 == "number" && !(data5 % 1) && !isNaN(data5) && isFinite(data5))) {
						const err14 = {
							instancePath: instancePath + "/place/endColumn",
							schemaPath: "#/definitions/place/properties/endColumn/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err14];
						else vErrors.push(err14);
						errors++;
					}
					if (typeof data5 == "number" && isFinite(data5)) {
						if (data5 < 1 || isNaN(data5)) {
							const err15 = {
								instancePath: instancePath + "/place/endColumn",
								schemaPath: "#/definitions/place/properties/endColumn/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err15];
							else vErrors.push(err15);
							errors++;
						}
					}
				}
			} else {
				const err16 = {
					instancePath: instancePath + "/place",
					schemaPath: "#/definitions/place/type",
					keyword: "type",
					params: { type: "object" },
					message: "must be object"
				};
				if (vErrors === null) vErrors = [err16];
				else vErrors.push(err16);
				errors++;
			}
		}
		if (data.text !== void 0) {
			if (typeof data.text !== "string") {
				const err17 = {
					instancePath: instancePath + "/text",
					schemaPath: "#/properties/text/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err17];
				else vErrors.push(err17);
				errors++;
			}
		}
	} else {
		const err18 = {
			instancePath,
			schemaPath: "#/type",
			keyword: "type",
			params: { type: "object" },
			message: "must be object"
		};
		if (vErrors === null) vErrors = [err18];
		else vErrors.push(err18);
		errors++;
	}
	validate19.errors = vErrors;
	return errors === 0;
}
function validate21(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
	let vErrors = null;
	let errors = 0;
	if (data && typeof data == "object" && !Array.isArray(data)) {
		if (data.reason === void 0) {
			const err0 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "reason" },
				message: "must have required property 'reason'"
			};
			if (vErrors === null) vErrors = [err0];
			else vErrors.push(err0);
			errors++;
		}
		if (data.place === void 0) {
			const err1 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "place" },
				message: "must have required property 'place'"
			};
			if (vErrors === null) vErrors = [err1];
			else vErrors.push(err1);
			errors++;
		}
		for (const key0 in data) if (!(key0 === "reason" || key0 === "until" || key0 === "place")) {
			const err2 = {
				instancePath,
				schemaPath: "#/additionalProperties",
				keyword: "additionalProperties",
				params: { additionalProperty: key0 },
				message: "must NOT have additional properties"
			};
			if (vErrors === null) vErrors = [err2];
			else vErrors.push(err2);
			errors++;
		}
		if (data.reason !== void 0) {
			if (typeof data.reason !== "string") {
				const err3 = {
					instancePath: instancePath + "/reason",
					schemaPath: "#/properties/reason/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err3];
				else vErrors.push(err3);
				errors++;
			}
		}
		if (data.until !== void 0) {
			if (typeof data.until !== "string") {
				const err4 = {
					instancePath: instancePath + "/until",
					schemaPath: "#/properties/until/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err4];
				else vErrors.push(err4);
				errors++;
			}
		}
		if (data.place !== void 0) {
			let data2 = data.place;
			if (data2 && typeof data2 == "object" && !Array.isArray(data2)) {
				if (data2.file === void 0) {
					const err5 = {
						instancePath: instancePath + "/place",
						schemaPath: "#/definitions/place/required",
						keyword: "required",
						params: { missingProperty: "file" },
						message: "must have required property 'file'"
					};
					if (vErrors === null) vErrors = [err5];
					else vErrors.push(err5);
					errors++;
				}
				if (data2.line === void 0) {
					const err6 = {
						instancePath: instancePath + "/place",
						schemaPath: "#/definitions/place/required",
						keyword: "required",
						params: { missingProperty: "line" },
						message: "must have required property 'line'"
					};
					if (vErrors === null) vErrors = [err6];
					else vErrors.push(err6);
					errors++;
				}
				if (data2.column === void 0) {
					const err7 = {
						instancePath: instancePath + "/place",
						schemaPath: "#/definitions/place/required",
						keyword: "required",
						params: { missingProperty: "column" },
						message: "must have required property 'column'"
					};
					if (vErrors === null) vErrors = [err7];
					else vErrors.push(err7);
					errors++;
				}
				for (const key1 in data2) if (!(key1 === "file" || key1 === "line" || key1 === "column" || key1 === "endLine" || key1 === "endColumn")) {
					const err8 = {
						instancePath: instancePath + "/place",
						schemaPath: "#/definitions/place/additionalProperties",
						keyword: "additionalProperties",
						params: { additionalProperty: key1 },
						message: "must NOT have additional properties"
					};
					if (vErrors === null) vErrors = [err8];
					else vErrors.push(err8);
					errors++;
				}
				if (data2.file !== void 0) {
					if (typeof data2.file !== "string") {
						const err9 = {
							instancePath: instancePath + "/place/file",
							schemaPath: "#/definitions/place/properties/file/type",
							keyword: "type",
							params: { type: "string" },
							message: "must be string"
						};
						if (vErrors === null) vErrors = [err9];
						else vErrors.push(err9);
						errors++;
					}
				}
				if (data2.line !== void 0) {
					let data4 = data2.line;
					if (!(typeof data4 == "number" && !(data4 % 1) && !isNaN(data4) && isFinite(data4))) {
						const err10 = {
							instancePath: instancePath + "/place/line",
							schemaPath: "#/definitions/place/properties/line/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err10];
						else vErrors.push(err10);
						errors++;
					}
					if (typeof data4 == "number" && isFinite(data4)) {
						if (data4 < 1 || isNaN(data4)) {
							const err11 = {
								instancePath: instancePath + "/place/line",
								schemaPath: "#/definitions/place/properties/line/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err11];
							else vErrors.push(err11);
							errors++;
						}
					}
				}
				if (data2.column !== void 0) {
					let data5 = data2.column;
					if (!(typeof data5 == "number" && !(data5 % 1) && !isNaN(data5) && isFinite(data5))) {
						const err12 = {
							instancePath: instancePath + "/place/column",
							schemaPath: "#/definitions/place/properties/column/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err12];
						else vErrors.push(err12);
						errors++;
					}
					if (typeof data5 == "number" && isFinite(data5)) {
						if (data5 < 1 || isNaN(data5)) {
							const err13 = {
								instancePath: instancePath + "/place/column",
								schemaPath: "#/definitions/place/properties/column/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err13];
							else vErrors.push(err13);
							errors++;
						}
					}
				}
				if (data2.endLine !== void 0) {
					let data6 = data2.endLine;
					if (!(typeof data6 == "number" && !(data6 % 1) && !isNaN(data6) && isFinite(data6))) {
						const err14 = {
							instancePath: instancePath + "/place/endLine",
							schemaPath: "#/definitions/place/properties/endLine/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err14];
						else vErrors.push(err14);
						errors++;
					}
					if (typeof data6 == "number" && isFinite(data6)) {
						if (data6 < 1 || isNaN(data6)) {
							const err15 = {
								instancePath: instancePath + "/place/endLine",
								schemaPath: "#/definitions/place/properties/endLine/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err15];
							else vErrors.push(err15);
							errors++;
						}
					}
				}
				if (data2.endColumn !== void 0) {
					let data7 = data2.endColumn;
					if (!(typeof data7 == "number" && !(data7 % 1) && !isNaN(data7) && isFinite(data7))) {
						const err16 = {
							instancePath: instancePath + "/place/endColumn",
							schemaPath: "#/definitions/place/properties/endColumn/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err16];
						else vErrors.push(err16);
						errors++;
					}
					if (typeof data7 == "number" && isFinite(data7)) {
						if (data7 < 1 || isNaN(data7)) {
							const err17 = {
								instancePath: instancePath + "/place/endColumn",
								schemaPath: "#/definitions/place/properties/endColumn/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err17];
							else vErrors.push(err17);
							errors++;
						}
					}
				}
			} else {
				const err18 = {
					instancePath: instancePath + "/place",
					schemaPath: "#/definitions/place/type",
					keyword: "type",
					params: { type: "object" },
					message: "must be object"
				};
				if (vErrors === null) vErrors = [err18];
				else vErrors.push(err18);
				errors++;
			}
		}
	} else {
		const err19 = {
			instancePath,
			schemaPath: "#/type",
			keyword: "type",
			params: { type: "object" },
			message: "must be object"
		};
		if (vErrors === null) vErrors = [err19];
		else vErrors.push(err19);
		errors++;
	}
	validate21.errors = vErrors;
	return errors === 0;
}
function validate25(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
	let vErrors = null;
	let errors = 0;
	if (data && typeof data == "object" && !Array.isArray(data)) {
		if (data.id === void 0) {
			const err0 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "id" },
				message: "must have required property 'id'"
			};
			if (vErrors === null) vErrors = [err0];
			else vErrors.push(err0);
			errors++;
		}
		if (data.severity === void 0) {
			const err1 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "severity" },
				message: "must have required property 'severity'"
			};
			if (vErrors === null) vErrors = [err1];
			else vErrors.push(err1);
			errors++;
		}
		if (data.message === void 0) {
			const err2 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "message" },
				message: "must have required property 'message'"
			};
			if (vErrors === null) vErrors = [err2];
			else vErrors.push(err2);
			errors++;
		}
		if (data.why === void 0) {
			const err3 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "why" },
				message: "must have required property 'why'"
			};
			if (vErrors === null) vErrors = [err3];
			else vErrors.push(err3);
			errors++;
		}
		if (data.remedy === void 0) {
			const err4 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "remedy" },
				message: "must have required property 'remedy'"
			};
			if (vErrors === null) vErrors = [err4];
			else vErrors.push(err4);
			errors++;
		}
		for (const key0 in data) if (!func2$2.call(schema25.properties, key0)) {
			const err5 = {
				instancePath,
				schemaPath: "#/additionalProperties",
				keyword: "additionalProperties",
				params: { additionalProperty: key0 },
				message: "must NOT have additional properties"
			};
			if (vErrors === null) vErrors = [err5];
			else vErrors.push(err5);
			errors++;
		}
		if (data.id !== void 0) {
			let data0 = data.id;
			if (typeof data0 === "string") {
				if (!pattern2.test(data0)) {
					const err6 = {
						instancePath: instancePath + "/id",
						schemaPath: "#/properties/id/pattern",
						keyword: "pattern",
						params: { pattern: "^[a-z0-9-]+/[a-z0-9-]+$" },
						message: "must match pattern \"^[a-z0-9-]+/[a-z0-9-]+$\""
					};
					if (vErrors === null) vErrors = [err6];
					else vErrors.push(err6);
					errors++;
				}
			} else {
				const err7 = {
					instancePath: instancePath + "/id",
					schemaPath: "#/properties/id/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err7];
				else vErrors.push(err7);
				errors++;
			}
		}
		if (data.severity !== void 0) {
			let data1 = data.severity;
			if (!(data1 === "error" || data1 === "warning" || data1 === "notice")) {
				const err8 = {
					instancePath: instancePath + "/severity",
					schemaPath: "#/properties/severity/enum",
					keyword: "enum",
					params: { allowedValues: schema25.properties.severity.enum },
					message: "must be equal to one of the allowed values"
				};
				if (vErrors === null) vErrors = [err8];
				else vErrors.push(err8);
				errors++;
			}
		}
		if (data.message !== void 0) {
			if (typeof data.message !== "string") {
				const err9 = {
					instancePath: instancePath + "/message",
					schemaPath: "#/properties/message/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err9];
				else vErrors.push(err9);
				errors++;
			}
		}
		if (data.place !== void 0) {
			let data3 = data.place;
			if (data3 && typeof data3 == "object" && !Array.isArray(data3)) {
				if (data3.file === void 0) {
					const err10 = {
						instancePath: instancePath + "/place",
						schemaPath: "validation.schema.json#/definitions/finding/properties/place/required",
						keyword: "required",
						params: { missingProperty: "file" },
						message: "must have required property 'file'"
					};
					if (vErrors === null) vErrors = [err10];
					else vErrors.push(err10);
					errors++;
				}
				if (data3.line === void 0) {
					const err11 = {
						instancePath: instancePath + "/place",
						schemaPath: "validation.schema.json#/definitions/finding/properties/place/required",
						keyword: "required",
						params: { missingProperty: "line" },
						message: "must have required property 'line'"
					};
					if (vErrors === null) vErrors = [err11];
					else vErrors.push(err11);
					errors++;
				}
				if (data3.column === void 0) {
					const err12 = {
						instancePath: instancePath + "/place",
						schemaPath: "validation.schema.json#/definitions/finding/properties/place/required",
						keyword: "required",
						params: { missingProperty: "column" },
						message: "must have required property 'column'"
					};
					if (vErrors === null) vErrors = [err12];
					else vErrors.push(err12);
					errors++;
				}
				for (const key1 in data3) if (!(key1 === "file" || key1 === "line" || key1 === "column" || key1 === "endLine" || key1 === "endColumn")) {
					const err13 = {
						instancePath: instancePath + "/place",
						schemaPath: "validation.schema.json#/definitions/finding/properties/place/additionalProperties",
						keyword: "additionalProperties",
						params: { additionalProperty: key1 },
						message: "must NOT have additional properties"
					};
					if (vErrors === null) vErrors = [err13];
					else vErrors.push(err13);
					errors++;
				}
				if (data3.file !== void 0) {
					if (typeof data3.file !== "string") {
						const err14 = {
							instancePath: instancePath + "/place/file",
							schemaPath: "validation.schema.json#/definitions/finding/properties/place/properties/file/type",
							keyword: "type",
							params: { type: "string" },
							message: "must be string"
						};
						if (vErrors === null) vErrors = [err14];
						else vErrors.push(err14);
						errors++;
					}
				}
				if (data3.line !== void 0) {
					let data5 = data3.line;
					if (!(typeof data5 == "number" && !(data5 % 1) && !isNaN(data5) && isFinite(data5))) {
						const err15 = {
							instancePath: instancePath + "/place/line",
							schemaPath: "validation.schema.json#/definitions/finding/properties/place/properties/line/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err15];
						else vErrors.push(err15);
						errors++;
					}
					if (typeof data5 == "number" && isFinite(data5)) {
						if (data5 < 1 || isNaN(data5)) {
							const err16 = {
								instancePath: instancePath + "/place/line",
								schemaPath: "validation.schema.json#/definitions/finding/properties/place/properties/line/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err16];
							else vErrors.push(err16);
							errors++;
						}
					}
				}
				if (data3.column !== void 0) {
					let data6 = data3.column;
					if (!(typeof data6 == "number" && !(data6 % 1) && !isNaN(data6) && isFinite(data6))) {
						const err17 = {
							instancePath: instancePath + "/place/column",
							schemaPath: "validation.schema.json#/definitions/finding/properties/place/properties/column/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err17];
						else vErrors.push(err17);
						errors++;
					}
					if (typeof data6 == "number" && isFinite(data6)) {
						if (data6 < 1 || isNaN(data6)) {
							const err18 = {
								instancePath: instancePath + "/place/column",
								schemaPath: "validation.schema.json#/definitions/finding/properties/place/properties/column/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err18];
							else vErrors.push(err18);
							errors++;
						}
					}
				}
				if (data3.endLine !== void 0) {
					let data7 = data3.endLine;
					if (!(typeof data7 == "number" && !(data7 % 1) && !isNaN(data7) && isFinite(data7))) {
						const err19 = {
							instancePath: instancePath + "/place/endLine",
							schemaPath: "validation.schema.json#/definitions/finding/properties/place/properties/endLine/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err19];
						else vErrors.push(err19);
						errors++;
					}
					if (typeof data7 == "number" && isFinite(data7)) {
						if (data7 < 1 || isNaN(data7)) {
							const err20 = {
								instancePath: instancePath + "/place/endLine",
								schemaPath: "validation.schema.json#/definitions/finding/properties/place/properties/endLine/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err20];
							else vErrors.push(err20);
							errors++;
						}
					}
				}
				if (data3.endColumn !== void 0) {
					let data8 = data3.endColumn;
					if (!(typeof data8 == "number" && !(data8 % 1) && !isNaN(data8) && isFinite(data8))) {
						const err21 = {
							instancePath: instancePath + "/place/endColumn",
							schemaPath: "validation.schema.json#/definitions/finding/properties/place/properties/endColumn/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err21];
						else vErrors.push(err21);
						errors++;
					}
					if (typeof data8 == "number" && isFinite(data8)) {
						if (data8 < 1 || isNaN(data8)) {
							const err22 = {
								instancePath: instancePath + "/place/endColumn",
								schemaPath: "validation.schema.json#/definitions/finding/properties/place/properties/endColumn/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err22];
							else vErrors.push(err22);
							errors++;
						}
					}
				}
			} else {
				const err23 = {
					instancePath: instancePath + "/place",
					schemaPath: "validation.schema.json#/definitions/finding/properties/place/type",
					keyword: "type",
					params: { type: "object" },
					message: "must be object"
				};
				if (vErrors === null) vErrors = [err23];
				else vErrors.push(err23);
				errors++;
			}
		}
		if (data.host !== void 0) {
			if (typeof data.host !== "string") {
				const err24 = {
					instancePath: instancePath + "/host",
					schemaPath: "#/properties/host/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err24];
				else vErrors.push(err24);
				errors++;
			}
		}
		if (data.why !== void 0) {
			if (typeof data.why !== "string") {
				const err25 = {
					instancePath: instancePath + "/why",
					schemaPath: "#/properties/why/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err25];
				else vErrors.push(err25);
				errors++;
			}
		}
		if (data.remedy !== void 0) {
			if (typeof data.remedy !== "string") {
				const err26 = {
					instancePath: instancePath + "/remedy",
					schemaPath: "#/properties/remedy/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err26];
				else vErrors.push(err26);
				errors++;
			}
		}
		if (data.page !== void 0) {
			let data12 = data.page;
			if (typeof data12 === "string") {
				if (!pattern5$1.test(data12)) {
					const err27 = {
						instancePath: instancePath + "/page",
						schemaPath: "#/properties/page/pattern",
						keyword: "pattern",
						params: { pattern: "^docs/(?:rules|checks)/[a-z0-9-]+\\.md$" },
						message: "must match pattern \"^docs/(?:rules|checks)/[a-z0-9-]+\\.md$\""
					};
					if (vErrors === null) vErrors = [err27];
					else vErrors.push(err27);
					errors++;
				}
			} else {
				const err28 = {
					instancePath: instancePath + "/page",
					schemaPath: "#/properties/page/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err28];
				else vErrors.push(err28);
				errors++;
			}
		}
		if (data.suggestion !== void 0) {
			if (!validate19(data.suggestion, {
				instancePath: instancePath + "/suggestion",
				parentData: data,
				parentDataProperty: "suggestion",
				rootData
			})) {
				vErrors = vErrors === null ? validate19.errors : vErrors.concat(validate19.errors);
				errors = vErrors.length;
			}
		}
		if (data.isUncertain !== void 0) {
			if (typeof data.isUncertain !== "boolean") {
				const err29 = {
					instancePath: instancePath + "/isUncertain",
					schemaPath: "validation.schema.json#/definitions/finding/properties/isUncertain/type",
					keyword: "type",
					params: { type: "boolean" },
					message: "must be boolean"
				};
				if (vErrors === null) vErrors = [err29];
				else vErrors.push(err29);
				errors++;
			}
		}
		if (data.accepted !== void 0) {
			if (!validate21(data.accepted, {
				instancePath: instancePath + "/accepted",
				parentData: data,
				parentDataProperty: "accepted",
				rootData
			})) {
				vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
				errors = vErrors.length;
			}
		}
		if (data.count !== void 0) {
			let data16 = data.count;
			if (!(typeof data16 == "number" && !(data16 % 1) && !isNaN(data16) && isFinite(data16))) {
				const err30 = {
					instancePath: instancePath + "/count",
					schemaPath: "#/properties/count/type",
					keyword: "type",
					params: { type: "integer" },
					message: "must be integer"
				};
				if (vErrors === null) vErrors = [err30];
				else vErrors.push(err30);
				errors++;
			}
			if (typeof data16 == "number" && isFinite(data16)) {
				if (data16 < 0 || isNaN(data16)) {
					const err31 = {
						instancePath: instancePath + "/count",
						schemaPath: "#/properties/count/minimum",
						keyword: "minimum",
						params: {
							comparison: ">=",
							limit: 0
						},
						message: "must be >= 0"
					};
					if (vErrors === null) vErrors = [err31];
					else vErrors.push(err31);
					errors++;
				}
			}
		}
	} else {
		const err32 = {
			instancePath,
			schemaPath: "#/type",
			keyword: "type",
			params: { type: "object" },
			message: "must be object"
		};
		if (vErrors === null) vErrors = [err32];
		else vErrors.push(err32);
		errors++;
	}
	validate25.errors = vErrors;
	return errors === 0;
}
function validate10$3(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
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
		if (data.hosts === void 0) {
			const err1 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "hosts" },
				message: "must have required property 'hosts'"
			};
			if (vErrors === null) vErrors = [err1];
			else vErrors.push(err1);
			errors++;
		}
		for (const key0 in data) if (!(key0 === "version" || key0 === "inventory" || key0 === "hosts")) {
			const err2 = {
				instancePath,
				schemaPath: "#/additionalProperties",
				keyword: "additionalProperties",
				params: { additionalProperty: key0 },
				message: "must NOT have additional properties"
			};
			if (vErrors === null) vErrors = [err2];
			else vErrors.push(err2);
			errors++;
		}
		if (data.version !== void 0) {
			if (1 !== data.version) {
				const err3 = {
					instancePath: instancePath + "/version",
					schemaPath: "#/properties/version/const",
					keyword: "const",
					params: { allowedValue: 1 },
					message: "must be equal to constant"
				};
				if (vErrors === null) vErrors = [err3];
				else vErrors.push(err3);
				errors++;
			}
		}
		if (data.inventory !== void 0) {
			let data1 = data.inventory;
			if (Array.isArray(data1)) {
				const len0 = data1.length;
				for (let i0 = 0; i0 < len0; i0++) {
					let data2 = data1[i0];
					if (typeof data2 === "string") {
						if (!pattern0$2.test(data2)) {
							const err4 = {
								instancePath: instancePath + "/inventory/" + i0,
								schemaPath: "#/properties/inventory/items/pattern",
								keyword: "pattern",
								params: { pattern: "^." },
								message: "must match pattern \"^.\""
							};
							if (vErrors === null) vErrors = [err4];
							else vErrors.push(err4);
							errors++;
						}
					} else {
						const err5 = {
							instancePath: instancePath + "/inventory/" + i0,
							schemaPath: "#/properties/inventory/items/type",
							keyword: "type",
							params: { type: "string" },
							message: "must be string"
						};
						if (vErrors === null) vErrors = [err5];
						else vErrors.push(err5);
						errors++;
					}
				}
			} else {
				const err6 = {
					instancePath: instancePath + "/inventory",
					schemaPath: "#/properties/inventory/type",
					keyword: "type",
					params: { type: "array" },
					message: "must be array"
				};
				if (vErrors === null) vErrors = [err6];
				else vErrors.push(err6);
				errors++;
			}
		}
		if (data.hosts !== void 0) {
			let data3 = data.hosts;
			if (Array.isArray(data3)) {
				const len1 = data3.length;
				for (let i1 = 0; i1 < len1; i1++) {
					let data4 = data3[i1];
					if (data4 && typeof data4 == "object" && !Array.isArray(data4)) {
						if (data4.host === void 0) {
							const err7 = {
								instancePath: instancePath + "/hosts/" + i1,
								schemaPath: "#/properties/hosts/items/required",
								keyword: "required",
								params: { missingProperty: "host" },
								message: "must have required property 'host'"
							};
							if (vErrors === null) vErrors = [err7];
							else vErrors.push(err7);
							errors++;
						}
						if (data4.findings === void 0) {
							const err8 = {
								instancePath: instancePath + "/hosts/" + i1,
								schemaPath: "#/properties/hosts/items/required",
								keyword: "required",
								params: { missingProperty: "findings" },
								message: "must have required property 'findings'"
							};
							if (vErrors === null) vErrors = [err8];
							else vErrors.push(err8);
							errors++;
						}
						if (data4.good === void 0) {
							const err9 = {
								instancePath: instancePath + "/hosts/" + i1,
								schemaPath: "#/properties/hosts/items/required",
								keyword: "required",
								params: { missingProperty: "good" },
								message: "must have required property 'good'"
							};
							if (vErrors === null) vErrors = [err9];
							else vErrors.push(err9);
							errors++;
						}
						if (data4.healthy === void 0) {
							const err10 = {
								instancePath: instancePath + "/hosts/" + i1,
								schemaPath: "#/properties/hosts/items/required",
								keyword: "required",
								params: { missingProperty: "healthy" },
								message: "must have required property 'healthy'"
							};
							if (vErrors === null) vErrors = [err10];
							else vErrors.push(err10);
							errors++;
						}
						for (const key1 in data4) if (!(key1 === "host" || key1 === "stage" || key1 === "findings" || key1 === "checks" || key1 === "good" || key1 === "healthy")) {
							const err11 = {
								instancePath: instancePath + "/hosts/" + i1,
								schemaPath: "#/properties/hosts/items/additionalProperties",
								keyword: "additionalProperties",
								params: { additionalProperty: key1 },
								message: "must NOT have additional properties"
							};
							if (vErrors === null) vErrors = [err11];
							else vErrors.push(err11);
							errors++;
						}
						if (data4.host !== void 0) {
							let data5 = data4.host;
							if (typeof data5 === "string") {
								if (!pattern0$2.test(data5)) {
									const err12 = {
										instancePath: instancePath + "/hosts/" + i1 + "/host",
										schemaPath: "#/properties/hosts/items/properties/host/pattern",
										keyword: "pattern",
										params: { pattern: "^." },
										message: "must match pattern \"^.\""
									};
									if (vErrors === null) vErrors = [err12];
									else vErrors.push(err12);
									errors++;
								}
							} else {
								const err13 = {
									instancePath: instancePath + "/hosts/" + i1 + "/host",
									schemaPath: "#/properties/hosts/items/properties/host/type",
									keyword: "type",
									params: { type: "string" },
									message: "must be string"
								};
								if (vErrors === null) vErrors = [err13];
								else vErrors.push(err13);
								errors++;
							}
						}
						if (data4.stage !== void 0) {
							let data6 = data4.stage;
							if (!(data6 === "absent" || data6 === "installed" || data6 === "partial" || data6 === "copied" || data6 === "live" || data6 === "inconsistent")) {
								const err14 = {
									instancePath: instancePath + "/hosts/" + i1 + "/stage",
									schemaPath: "validation.schema.json#/definitions/actualStage/enum",
									keyword: "enum",
									params: { allowedValues: schema22.enum },
									message: "must be equal to one of the allowed values"
								};
								if (vErrors === null) vErrors = [err14];
								else vErrors.push(err14);
								errors++;
							}
						}
						if (data4.findings !== void 0) {
							let data7 = data4.findings;
							if (Array.isArray(data7)) {
								const len2 = data7.length;
								for (let i2 = 0; i2 < len2; i2++) if (!validate25(data7[i2], {
									instancePath: instancePath + "/hosts/" + i1 + "/findings/" + i2,
									parentData: data7,
									parentDataProperty: i2,
									rootData
								})) {
									vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
									errors = vErrors.length;
								}
							} else {
								const err15 = {
									instancePath: instancePath + "/hosts/" + i1 + "/findings",
									schemaPath: "#/properties/hosts/items/properties/findings/type",
									keyword: "type",
									params: { type: "array" },
									message: "must be array"
								};
								if (vErrors === null) vErrors = [err15];
								else vErrors.push(err15);
								errors++;
							}
						}
						if (data4.checks !== void 0) {
							let data9 = data4.checks;
							if (Array.isArray(data9)) {
								const len3 = data9.length;
								for (let i3 = 0; i3 < len3; i3++) {
									let data10 = data9[i3];
									if (data10 && typeof data10 == "object" && !Array.isArray(data10)) {
										if (data10.id === void 0) {
											const err16 = {
												instancePath: instancePath + "/hosts/" + i1 + "/checks/" + i3,
												schemaPath: "#/properties/hosts/items/properties/checks/items/required",
												keyword: "required",
												params: { missingProperty: "id" },
												message: "must have required property 'id'"
											};
											if (vErrors === null) vErrors = [err16];
											else vErrors.push(err16);
											errors++;
										}
										if (data10.result === void 0) {
											const err17 = {
												instancePath: instancePath + "/hosts/" + i1 + "/checks/" + i3,
												schemaPath: "#/properties/hosts/items/properties/checks/items/required",
												keyword: "required",
												params: { missingProperty: "result" },
												message: "must have required property 'result'"
											};
											if (vErrors === null) vErrors = [err17];
											else vErrors.push(err17);
											errors++;
										}
										if (data10.detail === void 0) {
											const err18 = {
												instancePath: instancePath + "/hosts/" + i1 + "/checks/" + i3,
												schemaPath: "#/properties/hosts/items/properties/checks/items/required",
												keyword: "required",
												params: { missingProperty: "detail" },
												message: "must have required property 'detail'"
											};
											if (vErrors === null) vErrors = [err18];
											else vErrors.push(err18);
											errors++;
										}
										if (data10.seconds === void 0) {
											const err19 = {
												instancePath: instancePath + "/hosts/" + i1 + "/checks/" + i3,
												schemaPath: "#/properties/hosts/items/properties/checks/items/required",
												keyword: "required",
												params: { missingProperty: "seconds" },
												message: "must have required property 'seconds'"
											};
											if (vErrors === null) vErrors = [err19];
											else vErrors.push(err19);
											errors++;
										}
										for (const key2 in data10) if (!(key2 === "id" || key2 === "result" || key2 === "detail" || key2 === "seconds")) {
											const err20 = {
												instancePath: instancePath + "/hosts/" + i1 + "/checks/" + i3,
												schemaPath: "#/properties/hosts/items/properties/checks/items/additionalProperties",
												keyword: "additionalProperties",
												params: { additionalProperty: key2 },
												message: "must NOT have additional properties"
											};
											if (vErrors === null) vErrors = [err20];
											else vErrors.push(err20);
											errors++;
										}
										if (data10.id !== void 0) {
											let data11 = data10.id;
											if (typeof data11 === "string") {
												if (!pattern14.test(data11)) {
													const err21 = {
														instancePath: instancePath + "/hosts/" + i1 + "/checks/" + i3 + "/id",
														schemaPath: "#/properties/hosts/items/properties/checks/items/properties/id/pattern",
														keyword: "pattern",
														params: { pattern: "^doctor/[a-z0-9-]+$" },
														message: "must match pattern \"^doctor/[a-z0-9-]+$\""
													};
													if (vErrors === null) vErrors = [err21];
													else vErrors.push(err21);
													errors++;
												}
											} else {
												const err22 = {
													instancePath: instancePath + "/hosts/" + i1 + "/checks/" + i3 + "/id",
													schemaPath: "#/properties/hosts/items/properties/checks/items/properties/id/type",
													keyword: "type",
													params: { type: "string" },
													message: "must be string"
												};
												if (vErrors === null) vErrors = [err22];
												else vErrors.push(err22);
												errors++;
											}
										}
										if (data10.result !== void 0) {
											let data12 = data10.result;
											if (!(data12 === "holds" || data12 === "fails" || data12 === "unknown" || data12 === "skipped")) {
												const err23 = {
													instancePath: instancePath + "/hosts/" + i1 + "/checks/" + i3 + "/result",
													schemaPath: "#/properties/hosts/items/properties/checks/items/properties/result/enum",
													keyword: "enum",
													params: { allowedValues: schema11$1.properties.hosts.items.properties.checks.items.properties.result.enum },
													message: "must be equal to one of the allowed values"
												};
												if (vErrors === null) vErrors = [err23];
												else vErrors.push(err23);
												errors++;
											}
										}
										if (data10.detail !== void 0) {
											if (typeof data10.detail !== "string") {
												const err24 = {
													instancePath: instancePath + "/hosts/" + i1 + "/checks/" + i3 + "/detail",
													schemaPath: "#/properties/hosts/items/properties/checks/items/properties/detail/type",
													keyword: "type",
													params: { type: "string" },
													message: "must be string"
												};
												if (vErrors === null) vErrors = [err24];
												else vErrors.push(err24);
												errors++;
											}
										}
										if (data10.seconds !== void 0) {
											let data14 = data10.seconds;
											if (typeof data14 == "number" && isFinite(data14)) {
												if (data14 < 0 || isNaN(data14)) {
													const err25 = {
														instancePath: instancePath + "/hosts/" + i1 + "/checks/" + i3 + "/seconds",
														schemaPath: "#/properties/hosts/items/properties/checks/items/properties/seconds/minimum",
														keyword: "minimum",
														params: {
															comparison: ">=",
															limit: 0
														},
														message: "must be >= 0"
													};
													if (vErrors === null) vErrors = [err25];
													else vErrors.push(err25);
													errors++;
												}
											} else {
												const err26 = {
													instancePath: instancePath + "/hosts/" + i1 + "/checks/" + i3 + "/seconds",
													schemaPath: "#/properties/hosts/items/properties/checks/items/properties/seconds/type",
													keyword: "type",
													params: { type: "number" },
													message: "must be number"
												};
												if (vErrors === null) vErrors = [err26];
												else vErrors.push(err26);
												errors++;
											}
										}
									} else {
										const err27 = {
											instancePath: instancePath + "/hosts/" + i1 + "/checks/" + i3,
											schemaPath: "#/properties/hosts/items/properties/checks/items/type",
											keyword: "type",
											params: { type: "object" },
											message: "must be object"
										};
										if (vErrors === null) vErrors = [err27];
										else vErrors.push(err27);
										errors++;
									}
								}
							} else {
								const err28 = {
									instancePath: instancePath + "/hosts/" + i1 + "/checks",
									schemaPath: "#/properties/hosts/items/properties/checks/type",
									keyword: "type",
									params: { type: "array" },
									message: "must be array"
								};
								if (vErrors === null) vErrors = [err28];
								else vErrors.push(err28);
								errors++;
							}
						}
						if (data4.good !== void 0) {
							let data15 = data4.good;
							if (!(typeof data15 == "number" && !(data15 % 1) && !isNaN(data15) && isFinite(data15))) {
								const err29 = {
									instancePath: instancePath + "/hosts/" + i1 + "/good",
									schemaPath: "#/properties/hosts/items/properties/good/type",
									keyword: "type",
									params: { type: "integer" },
									message: "must be integer"
								};
								if (vErrors === null) vErrors = [err29];
								else vErrors.push(err29);
								errors++;
							}
							if (typeof data15 == "number" && isFinite(data15)) {
								if (data15 < 0 || isNaN(data15)) {
									const err30 = {
										instancePath: instancePath + "/hosts/" + i1 + "/good",
										schemaPath: "#/properties/hosts/items/properties/good/minimum",
										keyword: "minimum",
										params: {
											comparison: ">=",
											limit: 0
										},
										message: "must be >= 0"
									};
									if (vErrors === null) vErrors = [err30];
									else vErrors.push(err30);
									errors++;
								}
							}
						}
						if (data4.healthy !== void 0) {
							if (typeof data4.healthy !== "boolean") {
								const err31 = {
									instancePath: instancePath + "/hosts/" + i1 + "/healthy",
									schemaPath: "#/properties/hosts/items/properties/healthy/type",
									keyword: "type",
									params: { type: "boolean" },
									message: "must be boolean"
								};
								if (vErrors === null) vErrors = [err31];
								else vErrors.push(err31);
								errors++;
							}
						}
					} else {
						const err32 = {
							instancePath: instancePath + "/hosts/" + i1,
							schemaPath: "#/properties/hosts/items/type",
							keyword: "type",
							params: { type: "object" },
							message: "must be object"
						};
						if (vErrors === null) vErrors = [err32];
						else vErrors.push(err32);
						errors++;
					}
				}
			} else {
				const err33 = {
					instancePath: instancePath + "/hosts",
					schemaPath: "#/properties/hosts/type",
					keyword: "type",
					params: { type: "array" },
					message: "must be array"
				};
				if (vErrors === null) vErrors = [err33];
				else vErrors.push(err33);
				errors++;
			}
		}
	} else {
		const err34 = {
			instancePath,
			schemaPath: "#/type",
			keyword: "type",
			params: { type: "object" },
			message: "must be object"
		};
		if (vErrors === null) vErrors = [err34];
		else vErrors.push(err34);
		errors++;
	}
	validate10$3.errors = vErrors;
	return errors === 0;
}

// src/generated/outcome.ts
const validate$2 = validate10$2;
const schema11 = {
	"$schema": "http://json-schema.org/draft-07/schema#",
	"$id": "https://matrix-auth-actions.example/schemas/outcome.schema.json",
	"title": "What a push or a manual run did to servers",
	"type": "object",
	"required": ["version", "outcomes"],
	"additionalProperties": false,
	"properties": {
		"version": { "const": 1 },
		"outcomes": {
			"type": "array",
			"items": {
				"type": "object",
				"required": [
					"host",
					"operation",
					"ok",
					"sentence"
				],
				"additionalProperties": false,
				"properties": {
					"host": { "type": "string" },
					"operation": { "enum": [
						"plan",
						"migrate",
						"resume",
						"rollback",
						"status",
						"deploy"
					] },
					"ok": { "type": "boolean" },
					"sentence": { "type": "string" },
					"needsRehearsal": { "type": "boolean" },
					"migrated": { "type": "boolean" }
				}
			}
		}
	}
};
function validate10$2(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
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
		if (data.outcomes === void 0) {
			const err1 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "outcomes" },
				message: "must have required property 'outcomes'"
			};
			if (vErrors === null) vErrors = [err1];
			else vErrors.push(err1);
			errors++;
		}
		for (const key0 in data) if (!(key0 === "version" || key0 === "outcomes")) {
			const err2 = {
				instancePath,
				schemaPath: "#/additionalProperties",
				keyword: "additionalProperties",
				params: { additionalProperty: key0 },
				message: "must NOT have additional properties"
			};
			if (vErrors === null) vErrors = [err2];
			else vErrors.push(err2);
			errors++;
		}
		if (data.version !== void 0) {
			if (1 !== data.version) {
				const err3 = {
					instancePath: instancePath + "/version",
					schemaPath: "#/properties/version/const",
					keyword: "const",
					params: { allowedValue: 1 },
					message: "must be equal to constant"
				};
				if (vErrors === null) vErrors = [err3];
				else vErrors.push(err3);
				errors++;
			}
		}
		if (data.outcomes !== void 0) {
			let data1 = data.outcomes;
			if (Array.isArray(data1)) {
				const len0 = data1.length;
				for (let i0 = 0; i0 < len0; i0++) {
					let data2 = data1[i0];
					if (data2 && typeof data2 == "object" && !Array.isArray(data2)) {
						if (data2.host === void 0) {
							const err4 = {
								instancePath: instancePath + "/outcomes/" + i0,
								schemaPath: "#/properties/outcomes/items/required",
								keyword: "required",
								params: { missingProperty: "host" },
								message: "must have required property 'host'"
							};
							if (vErrors === null) vErrors = [err4];
							else vErrors.push(err4);
							errors++;
						}
						if (data2.operation === void 0) {
							const err5 = {
								instancePath: instancePath + "/outcomes/" + i0,
								schemaPath: "#/properties/outcomes/items/required",
								keyword: "required",
								params: { missingProperty: "operation" },
								message: "must have required property 'operation'"
							};
							if (vErrors === null) vErrors = [err5];
							else vErrors.push(err5);
							errors++;
						}
						if (data2.ok === void 0) {
							const err6 = {
								instancePath: instancePath + "/outcomes/" + i0,
								schemaPath: "#/properties/outcomes/items/required",
								keyword: "required",
								params: { missingProperty: "ok" },
								message: "must have required property 'ok'"
							};
							if (vErrors === null) vErrors = [err6];
							else vErrors.push(err6);
							errors++;
						}
						if (data2.sentence === void 0) {
							const err7 = {
								instancePath: instancePath + "/outcomes/" + i0,
								schemaPath: "#/properties/outcomes/items/required",
								keyword: "required",
								params: { missingProperty: "sentence" },
								message: "must have required property 'sentence'"
							};
							if (vErrors === null) vErrors = [err7];
							else vErrors.push(err7);
							errors++;
						}
						for (const key1 in data2) if (!(key1 === "host" || key1 === "operation" || key1 === "ok" || key1 === "sentence" || key1 === "needsRehearsal" || key1 === "migrated")) {
							const err8 = {
								instancePath: instancePath + "/outcomes/" + i0,
								schemaPath: "#/properties/outcomes/items/additionalProperties",
								keyword: "additionalProperties",
								params: { additionalProperty: key1 },
								message: "must NOT have additional properties"
							};
							if (vErrors === null) vErrors = [err8];
							else vErrors.push(err8);
							errors++;
						}
						if (data2.host !== void 0) {
							if (typeof data2.host !== "string") {
								const err9 = {
									instancePath: instancePath + "/outcomes/" + i0 + "/host",
									schemaPath: "#/properties/outcomes/items/properties/host/type",
									keyword: "type",
									params: { type: "string" },
									message: "must be string"
								};
								if (vErrors === null) vErrors = [err9];
								else vErrors.push(err9);
								errors++;
							}
						}
						if (data2.operation !== void 0) {
							let data4 = data2.operation;
							if (!(data4 === "plan" || data4 === "migrate" || data4 === "resume" || data4 === "rollback" || data4 === "status" || data4 === "deploy")) {
								const err10 = {
									instancePath: instancePath + "/outcomes/" + i0 + "/operation",
									schemaPath: "#/properties/outcomes/items/properties/operation/enum",
									keyword: "enum",
									params: { allowedValues: schema11.properties.outcomes.items.properties.operation.enum },
									message: "must be equal to one of the allowed values"
								};
								if (vErrors === null) vErrors = [err10];
								else vErrors.push(err10);
								errors++;
							}
						}
						if (data2.ok !== void 0) {
							if (typeof data2.ok !== "boolean") {
								const err11 = {
									instancePath: instancePath + "/outcomes/" + i0 + "/ok",
									schemaPath: "#/properties/outcomes/items/properties/ok/type",
									keyword: "type",
									params: { type: "boolean" },
									message: "must be boolean"
								};
								if (vErrors === null) vErrors = [err11];
								else vErrors.push(err11);
								errors++;
							}
						}
						if (data2.sentence !== void 0) {
							if (typeof data2.sentence !== "string") {
								const err12 = {
									instancePath: instancePath + "/outcomes/" + i0 + "/sentence",
									schemaPath: "#/properties/outcomes/items/properties/sentence/type",
									keyword: "type",
									params: { type: "string" },
									message: "must be string"
								};
								if (vErrors === null) vErrors = [err12];
								else vErrors.push(err12);
								errors++;
							}
						}
						if (data2.needsRehearsal !== void 0) {
							if (typeof data2.needsRehearsal !== "boolean") {
								const err13 = {
									instancePath: instancePath + "/outcomes/" + i0 + "/needsRehearsal",
									schemaPath: "#/properties/outcomes/items/properties/needsRehearsal/type",
									keyword: "type",
									params: { type: "boolean" },
									message: "must be boolean"
								};
								if (vErrors === null) vErrors = [err13];
								else vErrors.push(err13);
								errors++;
							}
						}
						if (data2.migrated !== void 0) {
							if (typeof data2.migrated !== "boolean") {
								const err14 = {
									instancePath: instancePath + "/outcomes/" + i0 + "/migrated",
									schemaPath: "#/properties/outcomes/items/properties/migrated/type",
									keyword: "type",
									params: { type: "boolean" },
									message: "must be boolean"
								};
								if (vErrors === null) vErrors = [err14];
								else vErrors.push(err14);
								errors++;
							}
						}
					} else {
						const err15 = {
							instancePath: instancePath + "/outcomes/" + i0,
							schemaPath: "#/properties/outcomes/items/type",
							keyword: "type",
							params: { type: "object" },
							message: "must be object"
						};
						if (vErrors === null) vErrors = [err15];
						else vErrors.push(err15);
						errors++;
					}
				}
			} else {
				const err16 = {
					instancePath: instancePath + "/outcomes",
					schemaPath: "#/properties/outcomes/type",
					keyword: "type",
					params: { type: "array" },
					message: "must be array"
				};
				if (vErrors === null) vErrors = [err16];
				else vErrors.push(err16);
				errors++;
			}
		}
	} else {
		const err17 = {
			instancePath,
			schemaPath: "#/type",
			keyword: "type",
			params: { type: "object" },
			message: "must be object"
		};
		if (vErrors === null) vErrors = [err17];
		else vErrors.push(err17);
		errors++;
	}
	validate10$2.errors = vErrors;
	return errors === 0;
}

// src/generated/rehearsal.ts
const validate$1 = validate10$1;
const schema30 = {
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
const schema12 = {
	"type": "object",
	"required": [
		"host",
		"verdict",
		"message",
		"findings"
	],
	"additionalProperties": false,
	"properties": {
		"host": { "type": "string" },
		"verdict": {
			"description": "`would-fail`: the migration would. `failed`: the rehearsal could not run. `live`: the server uses MAS already.",
			"enum": [
				"clean",
				"findings",
				"would-fail",
				"failed",
				"live"
			]
		},
		"message": { "type": "string" },
		"counts": {
			"type": "object",
			"additionalProperties": {
				"type": "integer",
				"minimum": 0
			}
		},
		"expectedWindowSeconds": {
			"type": "number",
			"minimum": 0
		},
		"rehearsedAt": { "type": "string" },
		"findings": {
			"type": "array",
			"items": { "$ref": "#/definitions/finding" }
		},
		"toolOutput": {
			"description": "The last lines of syn2mas, masked.",
			"type": "array",
			"items": { "type": "string" }
		}
	}
};
const schema13$1 = {
	"description": "As in validation.schema.json. A finding of a tool also has the number of rows that it covers.",
	"type": "object",
	"required": [
		"id",
		"severity",
		"message",
		"why",
		"remedy"
	],
	"additionalProperties": false,
	"properties": {
		"id": {
			"type": "string",
			"pattern": "^[a-z0-9-]+/[a-z0-9-]+$"
		},
		"severity": { "enum": [
			"error",
			"warning",
			"notice"
		] },
		"message": { "type": "string" },
		"place": { "$ref": "validation.schema.json#/definitions/finding/properties/place" },
		"host": { "type": "string" },
		"why": { "type": "string" },
		"remedy": { "type": "string" },
		"page": {
			"description": "The page of the check, relative to the root of the toolkit's repository.",
			"type": "string",
			"pattern": "^docs/(?:rules|checks)/[a-z0-9-]+\\.md$"
		},
		"suggestion": { "$ref": "validation.schema.json#/definitions/finding/properties/suggestion" },
		"isUncertain": { "$ref": "validation.schema.json#/definitions/finding/properties/isUncertain" },
		"accepted": { "$ref": "validation.schema.json#/definitions/finding/properties/accepted" },
		"count": {
			"type": "integer",
			"minimum": 0
		}
	}
};
const func2$1 = Object.prototype.hasOwnProperty;
const pattern0$1 = /* @__PURE__ */ new RegExp("^[a-z0-9-]+/[a-z0-9-]+$", "u");
const pattern3 = /* @__PURE__ */ new RegExp("^docs/(?:rules|checks)/[a-z0-9-]+\\.md$", "u");
function validate18(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
	let vErrors = null;
	let errors = 0;
	if (data && typeof data == "object" && !Array.isArray(data)) {
		if (data.place === void 0) {
			const err0 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "place" },
				message: "must have required property 'place'"
			};
			if (vErrors === null) vErrors = [err0];
			else vErrors.push(err0);
			errors++;
		}
		if (data.text === void 0) {
			const err1 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "text" },
				message: "must have required property 'text'"
			};
			if (vErrors === null) vErrors = [err1];
			else vErrors.push(err1);
			errors++;
		}
		for (const key0 in data) if (!(key0 === "place" || key0 === "text")) {
			const err2 = {
				instancePath,
				schemaPath: "#/additionalProperties",
				keyword: "additionalProperties",
				params: { additionalProperty: key0 },
				message: "must NOT have additional properties"
			};
			if (vErrors === null) vErrors = [err2];
			else vErrors.push(err2);
			errors++;
		}
		if (data.place !== void 0) {
			let data0 = data.place;
			if (data0 && typeof data0 == "object" && !Array.isArray(data0)) {
				if (data0.file === void 0) {
					const err3 = {
						instancePath: instancePath + "/place",
						schemaPath: "#/definitions/place/required",
						keyword: "required",
						params: { missingProperty: "file" },
						message: "must have required property 'file'"
					};
					if (vErrors === null) vErrors = [err3];
					else vErrors.push(err3);
					errors++;
				}
				if (data0.line === void 0) {
					const err4 = {
						instancePath: instancePath + "/place",
						schemaPath: "#/definitions/place/required",
						keyword: "required",
						params: { missingProperty: "line" },
						message: "must have required property 'line'"
					};
					if (vErrors === null) vErrors = [err4];
					else vErrors.push(err4);
					errors++;
				}
				if (data0.column === void 0) {
					const err5 = {
						instancePath: instancePath + "/place",
						schemaPath: "#/definitions/place/required",
						keyword: "required",
						params: { missingProperty: "column" },
						message: "must have required property 'column'"
					};
					if (vErrors === null) vErrors = [err5];
					else vErrors.push(err5);
					errors++;
				}
				for (const key1 in data0) if (!(key1 === "file" || key1 === "line" || key1 === "column" || key1 === "endLine" || key1 === "endColumn")) {
					const err6 = {
						instancePath: instancePath + "/place",
						schemaPath: "#/definitions/place/additionalProperties",
						keyword: "additionalProperties",
						params: { additionalProperty: key1 },
						message: "must NOT have additional properties"
					};
					if (vErrors === null) vErrors = [err6];
					else vErrors.push(err6);
					errors++;
				}
				if (data0.file !== void 0) {
					if (typeof data0.file !== "string") {
						const err7 = {
							instancePath: instancePath + "/place/file",
							schemaPath: "#/definitions/place/properties/file/type",
							keyword: "type",
							params: { type: "string" },
							message: "must be string"
						};
						if (vErrors === null) vErrors = [err7];
						else vErrors.push(err7);
						errors++;
					}
				}
				if (data0.line !== void 0) {
					let data2 = data0.line;
					if (!(typeof data2 == "number" && !(data2 % 1) && !isNaN(data2) && isFinite(data2))) {
						const err8 = {
							instancePath: instancePath + "/place/line",
							schemaPath: "#/definitions/place/properties/line/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err8];
						else vErrors.push(err8);
						errors++;
					}
					if (typeof data2 == "number" && isFinite(data2)) {
						if (data2 < 1 || isNaN(data2)) {
							const err9 = {
								instancePath: instancePath + "/place/line",
								schemaPath: "#/definitions/place/properties/line/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err9];
							else vErrors.push(err9);
							errors++;
						}
					}
				}
				if (data0.column !== void 0) {
					let data3 = data0.column;
					if (!(typeof data3 == "number" && !(data3 % 1) && !isNaN(data3) && isFinite(data3))) {
						const err10 = {
							instancePath: instancePath + "/place/column",
							schemaPath: "#/definitions/place/properties/column/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err10];
						else vErrors.push(err10);
						errors++;
					}
					if (typeof data3 == "number" && isFinite(data3)) {
						if (data3 < 1 || isNaN(data3)) {
							const err11 = {
								instancePath: instancePath + "/place/column",
								schemaPath: "#/definitions/place/properties/column/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err11];
							else vErrors.push(err11);
							errors++;
						}
					}
				}
				if (data0.endLine !== void 0) {
					let data4 = data0.endLine;
					if (!(typeof data4 == "number" && !(data4 % 1) && !isNaN(data4) && isFinite(data4))) {
						const err12 = {
							instancePath: instancePath + "/place/endLine",
							schemaPath: "#/definitions/place/properties/endLine/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err12];
						else vErrors.push(err12);
						errors++;
					}
					if (typeof data4 == "number" && isFinite(data4)) {
						if (data4 < 1 || isNaN(data4)) {
							const err13 = {
								instancePath: instancePath + "/place/endLine",
								schemaPath: "#/definitions/place/properties/endLine/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err13];
							else vErrors.push(err13);
							errors++;
						}
					}
				}
				if (data0.endColumn !== void 0) {
					let data5 = data0.endColumn;
					if (!(typeof data5 == "number" && !(data5 % 1) && !isNaN(data5) && isFinite(data5))) {
						const err14 = {
							instancePath: instancePath + "/place/endColumn",
							schemaPath: "#/definitions/place/properties/endColumn/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err14];
						else vErrors.push(err14);
						errors++;
					}
					if (typeof data5 == "number" && isFinite(data5)) {
						if (data5 < 1 || isNaN(data5)) {
							const err15 = {
								instancePath: instancePath + "/place/endColumn",
								schemaPath: "#/definitions/place/properties/endColumn/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err15];
							else vErrors.push(err15);
							errors++;
						}
					}
				}
			} else {
				const err16 = {
					instancePath: instancePath + "/place",
					schemaPath: "#/definitions/place/type",
					keyword: "type",
					params: { type: "object" },
					message: "must be object"
				};
				if (vErrors === null) vErrors = [err16];
				else vErrors.push(err16);
				errors++;
			}
		}
		if (data.text !== void 0) {
			if (typeof data.text !== "string") {
				const err17 = {
					instancePath: instancePath + "/text",
					schemaPath: "#/properties/text/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err17];
				else vErrors.push(err17);
				errors++;
			}
		}
	} else {
		const err18 = {
			instancePath,
			schemaPath: "#/type",
			keyword: "type",
			params: { type: "object" },
			message: "must be object"
		};
		if (vErrors === null) vErrors = [err18];
		else vErrors.push(err18);
		errors++;
	}
	validate18.errors = vErrors;
	return errors === 0;
}
function validate20(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
	let vErrors = null;
	let errors = 0;
	if (data && typeof data == "object" && !Array.isArray(data)) {
		if (data.reason === void 0) {
			const err0 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "reason" },
				message: "must have required property 'reason'"
			};
			if (vErrors === null) vErrors = [err0];
			else vErrors.push(err0);
			errors++;
		}
		if (data.place === void 0) {
			const err1 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "place" },
				message: "must have required property 'place'"
			};
			if (vErrors === null) vErrors = [err1];
			else vErrors.push(err1);
			errors++;
		}
		for (const key0 in data) if (!(key0 === "reason" || key0 === "until" || key0 === "place")) {
			const err2 = {
				instancePath,
				schemaPath: "#/additionalProperties",
				keyword: "additionalProperties",
				params: { additionalProperty: key0 },
				message: "must NOT have additional properties"
			};
			if (vErrors === null) vErrors = [err2];
			else vErrors.push(err2);
			errors++;
		}
		if (data.reason !== void 0) {
			if (typeof data.reason !== "string") {
				const err3 = {
					instancePath: instancePath + "/reason",
					schemaPath: "#/properties/reason/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err3];
				else vErrors.push(err3);
				errors++;
			}
		}
		if (data.until !== void 0) {
			if (typeof data.until !== "string") {
				const err4 = {
					instancePath: instancePath + "/until",
					schemaPath: "#/properties/until/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err4];
				else vErrors.push(err4);
				errors++;
			}
		}
		if (data.place !== void 0) {
			let data2 = data.place;
			if (data2 && typeof data2 == "object" && !Array.isArray(data2)) {
				if (data2.file === void 0) {
					const err5 = {
						instancePath: instancePath + "/place",
						schemaPath: "#/definitions/place/required",
						keyword: "required",
						params: { missingProperty: "file" },
						message: "must have required property 'file'"
					};
					if (vErrors === null) vErrors = [err5];
					else vErrors.push(err5);
					errors++;
				}
				if (data2.line === void 0) {
					const err6 = {
						instancePath: instancePath + "/place",
						schemaPath: "#/definitions/place/required",
						keyword: "required",
						params: { missingProperty: "line" },
						message: "must have required property 'line'"
					};
					if (vErrors === null) vErrors = [err6];
					else vErrors.push(err6);
					errors++;
				}
				if (data2.column === void 0) {
					const err7 = {
						instancePath: instancePath + "/place",
						schemaPath: "#/definitions/place/required",
						keyword: "required",
						params: { missingProperty: "column" },
						message: "must have required property 'column'"
					};
					if (vErrors === null) vErrors = [err7];
					else vErrors.push(err7);
					errors++;
				}
				for (const key1 in data2) if (!(key1 === "file" || key1 === "line" || key1 === "column" || key1 === "endLine" || key1 === "endColumn")) {
					const err8 = {
						instancePath: instancePath + "/place",
						schemaPath: "#/definitions/place/additionalProperties",
						keyword: "additionalProperties",
						params: { additionalProperty: key1 },
						message: "must NOT have additional properties"
					};
					if (vErrors === null) vErrors = [err8];
					else vErrors.push(err8);
					errors++;
				}
				if (data2.file !== void 0) {
					if (typeof data2.file !== "string") {
						const err9 = {
							instancePath: instancePath + "/place/file",
							schemaPath: "#/definitions/place/properties/file/type",
							keyword: "type",
							params: { type: "string" },
							message: "must be string"
						};
						if (vErrors === null) vErrors = [err9];
						else vErrors.push(err9);
						errors++;
					}
				}
				if (data2.line !== void 0) {
					let data4 = data2.line;
					if (!(typeof data4 == "number" && !(data4 % 1) && !isNaN(data4) && isFinite(data4))) {
						const err10 = {
							instancePath: instancePath + "/place/line",
							schemaPath: "#/definitions/place/properties/line/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err10];
						else vErrors.push(err10);
						errors++;
					}
					if (typeof data4 == "number" && isFinite(data4)) {
						if (data4 < 1 || isNaN(data4)) {
							const err11 = {
								instancePath: instancePath + "/place/line",
								schemaPath: "#/definitions/place/properties/line/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err11];
							else vErrors.push(err11);
							errors++;
						}
					}
				}
				if (data2.column !== void 0) {
					let data5 = data2.column;
					if (!(typeof data5 == "number" && !(data5 % 1) && !isNaN(data5) && isFinite(data5))) {
						const err12 = {
							instancePath: instancePath + "/place/column",
							schemaPath: "#/definitions/place/properties/column/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err12];
						else vErrors.push(err12);
						errors++;
					}
					if (typeof data5 == "number" && isFinite(data5)) {
						if (data5 < 1 || isNaN(data5)) {
							const err13 = {
								instancePath: instancePath + "/place/column",
								schemaPath: "#/definitions/place/properties/column/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err13];
							else vErrors.push(err13);
							errors++;
						}
					}
				}
				if (data2.endLine !== void 0) {
					let data6 = data2.endLine;
					if (!(typeof data6 == "number" && !(data6 % 1) && !isNaN(data6) && isFinite(data6))) {
						const err14 = {
							instancePath: instancePath + "/place/endLine",
							schemaPath: "#/definitions/place/properties/endLine/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err14];
						else vErrors.push(err14);
						errors++;
					}
					if (typeof data6 == "number" && isFinite(data6)) {
						if (data6 < 1 || isNaN(data6)) {
							const err15 = {
								instancePath: instancePath + "/place/endLine",
								schemaPath: "#/definitions/place/properties/endLine/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err15];
							else vErrors.push(err15);
							errors++;
						}
					}
				}
				if (data2.endColumn !== void 0) {
					let data7 = data2.endColumn;
					if (!(typeof data7 == "number" && !(data7 % 1) && !isNaN(data7) && isFinite(data7))) {
						const err16 = {
							instancePath: instancePath + "/place/endColumn",
							schemaPath: "#/definitions/place/properties/endColumn/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err16];
						else vErrors.push(err16);
						errors++;
					}
					if (typeof data7 == "number" && isFinite(data7)) {
						if (data7 < 1 || isNaN(data7)) {
							const err17 = {
								instancePath: instancePath + "/place/endColumn",
								schemaPath: "#/definitions/place/properties/endColumn/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err17];
							else vErrors.push(err17);
							errors++;
						}
					}
				}
			} else {
				const err18 = {
					instancePath: instancePath + "/place",
					schemaPath: "#/definitions/place/type",
					keyword: "type",
					params: { type: "object" },
					message: "must be object"
				};
				if (vErrors === null) vErrors = [err18];
				else vErrors.push(err18);
				errors++;
			}
		}
	} else {
		const err19 = {
			instancePath,
			schemaPath: "#/type",
			keyword: "type",
			params: { type: "object" },
			message: "must be object"
		};
		if (vErrors === null) vErrors = [err19];
		else vErrors.push(err19);
		errors++;
	}
	validate20.errors = vErrors;
	return errors === 0;
}
function validate12(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
	let vErrors = null;
	let errors = 0;
	if (data && typeof data == "object" && !Array.isArray(data)) {
		if (data.id === void 0) {
			const err0 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "id" },
				message: "must have required property 'id'"
			};
			if (vErrors === null) vErrors = [err0];
			else vErrors.push(err0);
			errors++;
		}
		if (data.severity === void 0) {
			const err1 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "severity" },
				message: "must have required property 'severity'"
			};
			if (vErrors === null) vErrors = [err1];
			else vErrors.push(err1);
			errors++;
		}
		if (data.message === void 0) {
			const err2 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "message" },
				message: "must have required property 'message'"
			};
			if (vErrors === null) vErrors = [err2];
			else vErrors.push(err2);
			errors++;
		}
		if (data.why === void 0) {
			const err3 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "why" },
				message: "must have required property 'why'"
			};
			if (vErrors === null) vErrors = [err3];
			else vErrors.push(err3);
			errors++;
		}
		if (data.remedy === void 0) {
			const err4 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "remedy" },
				message: "must have required property 'remedy'"
			};
			if (vErrors === null) vErrors = [err4];
			else vErrors.push(err4);
			errors++;
		}
		for (const key0 in data) if (!func2$1.call(schema13$1.properties, key0)) {
			const err5 = {
				instancePath,
				schemaPath: "#/additionalProperties",
				keyword: "additionalProperties",
				params: { additionalProperty: key0 },
				message: "must NOT have additional properties"
			};
			if (vErrors === null) vErrors = [err5];
			else vErrors.push(err5);
			errors++;
		}
		if (data.id !== void 0) {
			let data0 = data.id;
			if (typeof data0 === "string") {
				if (!pattern0$1.test(data0)) {
					const err6 = {
						instancePath: instancePath + "/id",
						schemaPath: "#/properties/id/pattern",
						keyword: "pattern",
						params: { pattern: "^[a-z0-9-]+/[a-z0-9-]+$" },
						message: "must match pattern \"^[a-z0-9-]+/[a-z0-9-]+$\""
					};
					if (vErrors === null) vErrors = [err6];
					else vErrors.push(err6);
					errors++;
				}
			} else {
				const err7 = {
					instancePath: instancePath + "/id",
					schemaPath: "#/properties/id/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err7];
				else vErrors.push(err7);
				errors++;
			}
		}
		if (data.severity !== void 0) {
			let data1 = data.severity;
			if (!(data1 === "error" || data1 === "warning" || data1 === "notice")) {
				const err8 = {
					instancePath: instancePath + "/severity",
					schemaPath: "#/properties/severity/enum",
					keyword: "enum",
					params: { allowedValues: schema13$1.properties.severity.enum },
					message: "must be equal to one of the allowed values"
				};
				if (vErrors === null) vErrors = [err8];
				else vErrors.push(err8);
				errors++;
			}
		}
		if (data.message !== void 0) {
			if (typeof data.message !== "string") {
				const err9 = {
					instancePath: instancePath + "/message",
					schemaPath: "#/properties/message/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err9];
				else vErrors.push(err9);
				errors++;
			}
		}
		if (data.place !== void 0) {
			let data3 = data.place;
			if (data3 && typeof data3 == "object" && !Array.isArray(data3)) {
				if (data3.file === void 0) {
					const err10 = {
						instancePath: instancePath + "/place",
						schemaPath: "validation.schema.json#/definitions/finding/properties/place/required",
						keyword: "required",
						params: { missingProperty: "file" },
						message: "must have required property 'file'"
					};
					if (vErrors === null) vErrors = [err10];
					else vErrors.push(err10);
					errors++;
				}
				if (data3.line === void 0) {
					const err11 = {
						instancePath: instancePath + "/place",
						schemaPath: "validation.schema.json#/definitions/finding/properties/place/required",
						keyword: "required",
						params: { missingProperty: "line" },
						message: "must have required property 'line'"
					};
					if (vErrors === null) vErrors = [err11];
					else vErrors.push(err11);
					errors++;
				}
				if (data3.column === void 0) {
					const err12 = {
						instancePath: instancePath + "/place",
						schemaPath: "validation.schema.json#/definitions/finding/properties/place/required",
						keyword: "required",
						params: { missingProperty: "column" },
						message: "must have required property 'column'"
					};
					if (vErrors === null) vErrors = [err12];
					else vErrors.push(err12);
					errors++;
				}
				for (const key1 in data3) if (!(key1 === "file" || key1 === "line" || key1 === "column" || key1 === "endLine" || key1 === "endColumn")) {
					const err13 = {
						instancePath: instancePath + "/place",
						schemaPath: "validation.schema.json#/definitions/finding/properties/place/additionalProperties",
						keyword: "additionalProperties",
						params: { additionalProperty: key1 },
						message: "must NOT have additional properties"
					};
					if (vErrors === null) vErrors = [err13];
					else vErrors.push(err13);
					errors++;
				}
				if (data3.file !== void 0) {
					if (typeof data3.file !== "string") {
						const err14 = {
							instancePath: instancePath + "/place/file",
							schemaPath: "validation.schema.json#/definitions/finding/properties/place/properties/file/type",
							keyword: "type",
							params: { type: "string" },
							message: "must be string"
						};
						if (vErrors === null) vErrors = [err14];
						else vErrors.push(err14);
						errors++;
					}
				}
				if (data3.line !== void 0) {
					let data5 = data3.line;
					if (!(typeof data5 == "number" && !(data5 % 1) && !isNaN(data5) && isFinite(data5))) {
						const err15 = {
							instancePath: instancePath + "/place/line",
							schemaPath: "validation.schema.json#/definitions/finding/properties/place/properties/line/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err15];
						else vErrors.push(err15);
						errors++;
					}
					if (typeof data5 == "number" && isFinite(data5)) {
						if (data5 < 1 || isNaN(data5)) {
							const err16 = {
								instancePath: instancePath + "/place/line",
								schemaPath: "validation.schema.json#/definitions/finding/properties/place/properties/line/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err16];
							else vErrors.push(err16);
							errors++;
						}
					}
				}
				if (data3.column !== void 0) {
					let data6 = data3.column;
					if (!(typeof data6 == "number" && !(data6 % 1) && !isNaN(data6) && isFinite(data6))) {
						const err17 = {
							instancePath: instancePath + "/place/column",
							schemaPath: "validation.schema.json#/definitions/finding/properties/place/properties/column/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err17];
						else vErrors.push(err17);
						errors++;
					}
					if (typeof data6 == "number" && isFinite(data6)) {
						if (data6 < 1 || isNaN(data6)) {
							const err18 = {
								instancePath: instancePath + "/place/column",
								schemaPath: "validation.schema.json#/definitions/finding/properties/place/properties/column/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err18];
							else vErrors.push(err18);
							errors++;
						}
					}
				}
				if (data3.endLine !== void 0) {
					let data7 = data3.endLine;
					if (!(typeof data7 == "number" && !(data7 % 1) && !isNaN(data7) && isFinite(data7))) {
						const err19 = {
							instancePath: instancePath + "/place/endLine",
							schemaPath: "validation.schema.json#/definitions/finding/properties/place/properties/endLine/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err19];
						else vErrors.push(err19);
						errors++;
					}
					if (typeof data7 == "number" && isFinite(data7)) {
						if (data7 < 1 || isNaN(data7)) {
							const err20 = {
								instancePath: instancePath + "/place/endLine",
								schemaPath: "validation.schema.json#/definitions/finding/properties/place/properties/endLine/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err20];
							else vErrors.push(err20);
							errors++;
						}
					}
				}
				if (data3.endColumn !== void 0) {
					let data8 = data3.endColumn;
					if (!(typeof data8 == "number" && !(data8 % 1) && !isNaN(data8) && isFinite(data8))) {
						const err21 = {
							instancePath: instancePath + "/place/endColumn",
							schemaPath: "validation.schema.json#/definitions/finding/properties/place/properties/endColumn/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err21];
						else vErrors.push(err21);
						errors++;
					}
					if (typeof data8 == "number" && isFinite(data8)) {
						if (data8 < 1 || isNaN(data8)) {
							const err22 = {
								instancePath: instancePath + "/place/endColumn",
								schemaPath: "validation.schema.json#/definitions/finding/properties/place/properties/endColumn/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err22];
							else vErrors.push(err22);
							errors++;
						}
					}
				}
			} else {
				const err23 = {
					instancePath: instancePath + "/place",
					schemaPath: "validation.schema.json#/definitions/finding/properties/place/type",
					keyword: "type",
					params: { type: "object" },
					message: "must be object"
				};
				if (vErrors === null) vErrors = [err23];
				else vErrors.push(err23);
				errors++;
			}
		}
		if (data.host !== void 0) {
			if (typeof data.host !== "string") {
				const err24 = {
					instancePath: instancePath + "/host",
					schemaPath: "#/properties/host/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err24];
				else vErrors.push(err24);
				errors++;
			}
		}
		if (data.why !== void 0) {
			if (typeof data.why !== "string") {
				const err25 = {
					instancePath: instancePath + "/why",
					schemaPath: "#/properties/why/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err25];
				else vErrors.push(err25);
				errors++;
			}
		}
		if (data.remedy !== void 0) {
			if (typeof data.remedy !== "string") {
				const err26 = {
					instancePath: instancePath + "/remedy",
					schemaPath: "#/properties/remedy/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err26];
				else vErrors.push(err26);
				errors++;
			}
		}
		if (data.page !== void 0) {
			let data12 = data.page;
			if (typeof data12 === "string") {
				if (!pattern3.test(data12)) {
					const err27 = {
						instancePath: instancePath + "/page",
						schemaPath: "#/properties/page/pattern",
						keyword: "pattern",
						params: { pattern: "^docs/(?:rules|checks)/[a-z0-9-]+\\.md$" },
						message: "must match pattern \"^docs/(?:rules|checks)/[a-z0-9-]+\\.md$\""
					};
					if (vErrors === null) vErrors = [err27];
					else vErrors.push(err27);
					errors++;
				}
			} else {
				const err28 = {
					instancePath: instancePath + "/page",
					schemaPath: "#/properties/page/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err28];
				else vErrors.push(err28);
				errors++;
			}
		}
		if (data.suggestion !== void 0) {
			if (!validate18(data.suggestion, {
				instancePath: instancePath + "/suggestion",
				parentData: data,
				parentDataProperty: "suggestion",
				rootData
			})) {
				vErrors = vErrors === null ? validate18.errors : vErrors.concat(validate18.errors);
				errors = vErrors.length;
			}
		}
		if (data.isUncertain !== void 0) {
			if (typeof data.isUncertain !== "boolean") {
				const err29 = {
					instancePath: instancePath + "/isUncertain",
					schemaPath: "validation.schema.json#/definitions/finding/properties/isUncertain/type",
					keyword: "type",
					params: { type: "boolean" },
					message: "must be boolean"
				};
				if (vErrors === null) vErrors = [err29];
				else vErrors.push(err29);
				errors++;
			}
		}
		if (data.accepted !== void 0) {
			if (!validate20(data.accepted, {
				instancePath: instancePath + "/accepted",
				parentData: data,
				parentDataProperty: "accepted",
				rootData
			})) {
				vErrors = vErrors === null ? validate20.errors : vErrors.concat(validate20.errors);
				errors = vErrors.length;
			}
		}
		if (data.count !== void 0) {
			let data16 = data.count;
			if (!(typeof data16 == "number" && !(data16 % 1) && !isNaN(data16) && isFinite(data16))) {
				const err30 = {
					instancePath: instancePath + "/count",
					schemaPath: "#/properties/count/type",
					keyword: "type",
					params: { type: "integer" },
					message: "must be integer"
				};
				if (vErrors === null) vErrors = [err30];
				else vErrors.push(err30);
				errors++;
			}
			if (typeof data16 == "number" && isFinite(data16)) {
				if (data16 < 0 || isNaN(data16)) {
					const err31 = {
						instancePath: instancePath + "/count",
						schemaPath: "#/properties/count/minimum",
						keyword: "minimum",
						params: {
							comparison: ">=",
							limit: 0
						},
						message: "must be >= 0"
					};
					if (vErrors === null) vErrors = [err31];
					else vErrors.push(err31);
					errors++;
				}
			}
		}
	} else {
		const err32 = {
			instancePath,
			schemaPath: "#/type",
			keyword: "type",
			params: { type: "object" },
			message: "must be object"
		};
		if (vErrors === null) vErrors = [err32];
		else vErrors.push(err32);
		errors++;
	}
	validate12.errors = vErrors;
	return errors === 0;
}
function validate11$1(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
	let vErrors = null;
	let errors = 0;
	if (data && typeof data == "object" && !Array.isArray(data)) {
		if (data.host === void 0) {
			const err0 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "host" },
				message: "must have required property 'host'"
			};
			if (vErrors === null) vErrors = [err0];
			else vErrors.push(err0);
			errors++;
		}
		if (data.verdict === void 0) {
			const err1 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "verdict" },
				message: "must have required property 'verdict'"
			};
			if (vErrors === null) vErrors = [err1];
			else vErrors.push(err1);
			errors++;
		}
		if (data.message === void 0) {
			const err2 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "message" },
				message: "must have required property 'message'"
			};
			if (vErrors === null) vErrors = [err2];
			else vErrors.push(err2);
			errors++;
		}
		if (data.findings === void 0) {
			const err3 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "findings" },
				message: "must have required property 'findings'"
			};
			if (vErrors === null) vErrors = [err3];
			else vErrors.push(err3);
			errors++;
		}
		for (const key0 in data) if (!(key0 === "host" || key0 === "verdict" || key0 === "message" || key0 === "counts" || key0 === "expectedWindowSeconds" || key0 === "rehearsedAt" || key0 === "findings" || key0 === "toolOutput")) {
			const err4 = {
				instancePath,
				schemaPath: "#/additionalProperties",
				keyword: "additionalProperties",
				params: { additionalProperty: key0 },
				message: "must NOT have additional properties"
			};
			if (vErrors === null) vErrors = [err4];
			else vErrors.push(err4);
			errors++;
		}
		if (data.host !== void 0) {
			if (typeof data.host !== "string") {
				const err5 = {
					instancePath: instancePath + "/host",
					schemaPath: "#/properties/host/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err5];
				else vErrors.push(err5);
				errors++;
			}
		}
		if (data.verdict !== void 0) {
			let data1 = data.verdict;
			if (!(data1 === "clean" || data1 === "findings" || data1 === "would-fail" || data1 === "failed" || data1 === "live")) {
				const err6 = {
					instancePath: instancePath + "/verdict",
					schemaPath: "#/properties/verdict/enum",
					keyword: "enum",
					params: { allowedValues: schema12.properties.verdict.enum },
					message: "must be equal to one of the allowed values"
				};
				if (vErrors === null) vErrors = [err6];
				else vErrors.push(err6);
				errors++;
			}
		}
		if (data.message !== void 0) {
			if (typeof data.message !== "string") {
				const err7 = {
					instancePath: instancePath + "/message",
					schemaPath: "#/properties/message/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err7];
				else vErrors.push(err7);
				errors++;
			}
		}
		if (data.counts !== void 0) {
			let data3 = data.counts;
			if (data3 && typeof data3 == "object" && !Array.isArray(data3)) for (const key1 in data3) {
				let data4 = data3[key1];
				if (!(typeof data4 == "number" && !(data4 % 1) && !isNaN(data4) && isFinite(data4))) {
					const err8 = {
						instancePath: instancePath + "/counts/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),
						schemaPath: "#/properties/counts/additionalProperties/type",
						keyword: "type",
						params: { type: "integer" },
						message: "must be integer"
					};
					if (vErrors === null) vErrors = [err8];
					else vErrors.push(err8);
					errors++;
				}
				if (typeof data4 == "number" && isFinite(data4)) {
					if (data4 < 0 || isNaN(data4)) {
						const err9 = {
							instancePath: instancePath + "/counts/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),
							schemaPath: "#/properties/counts/additionalProperties/minimum",
							keyword: "minimum",
							params: {
								comparison: ">=",
								limit: 0
							},
							message: "must be >= 0"
						};
						if (vErrors === null) vErrors = [err9];
						else vErrors.push(err9);
						errors++;
					}
				}
			}
			else {
				const err10 = {
					instancePath: instancePath + "/counts",
					schemaPath: "#/properties/counts/type",
					keyword: "type",
					params: { type: "object" },
					message: "must be object"
				};
				if (vErrors === null) vErrors = [err10];
				else vErrors.push(err10);
				errors++;
			}
		}
		if (data.expectedWindowSeconds !== void 0) {
			let data5 = data.expectedWindowSeconds;
			if (typeof data5 == "number" && isFinite(data5)) {
				if (data5 < 0 || isNaN(data5)) {
					const err11 = {
						instancePath: instancePath + "/expectedWindowSeconds",
						schemaPath: "#/properties/expectedWindowSeconds/minimum",
						keyword: "minimum",
						params: {
							comparison: ">=",
							limit: 0
						},
						message: "must be >= 0"
					};
					if (vErrors === null) vErrors = [err11];
					else vErrors.push(err11);
					errors++;
				}
			} else {
				const err12 = {
					instancePath: instancePath + "/expectedWindowSeconds",
					schemaPath: "#/properties/expectedWindowSeconds/type",
					keyword: "type",
					params: { type: "number" },
					message: "must be number"
				};
				if (vErrors === null) vErrors = [err12];
				else vErrors.push(err12);
				errors++;
			}
		}
		if (data.rehearsedAt !== void 0) {
			if (typeof data.rehearsedAt !== "string") {
				const err13 = {
					instancePath: instancePath + "/rehearsedAt",
					schemaPath: "#/properties/rehearsedAt/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err13];
				else vErrors.push(err13);
				errors++;
			}
		}
		if (data.findings !== void 0) {
			let data7 = data.findings;
			if (Array.isArray(data7)) {
				const len0 = data7.length;
				for (let i0 = 0; i0 < len0; i0++) if (!validate12(data7[i0], {
					instancePath: instancePath + "/findings/" + i0,
					parentData: data7,
					parentDataProperty: i0,
					rootData
				})) {
					vErrors = vErrors === null ? validate12.errors : vErrors.concat(validate12.errors);
					errors = vErrors.length;
				}
			} else {
				const err14 = {
					instancePath: instancePath + "/findings",
					schemaPath: "#/properties/findings/type",
					keyword: "type",
					params: { type: "array" },
					message: "must be array"
				};
				if (vErrors === null) vErrors = [err14];
				else vErrors.push(err14);
				errors++;
			}
		}
		if (data.toolOutput !== void 0) {
			let data9 = data.toolOutput;
			if (Array.isArray(data9)) {
				const len1 = data9.length;
				for (let i1 = 0; i1 < len1; i1++) if (typeof data9[i1] !== "string") {
					const err15 = {
						instancePath: instancePath + "/toolOutput/" + i1,
						schemaPath: "#/properties/toolOutput/items/type",
						keyword: "type",
						params: { type: "string" },
						message: "must be string"
					};
					if (vErrors === null) vErrors = [err15];
					else vErrors.push(err15);
					errors++;
				}
			} else {
				const err16 = {
					instancePath: instancePath + "/toolOutput",
					schemaPath: "#/properties/toolOutput/type",
					keyword: "type",
					params: { type: "array" },
					message: "must be array"
				};
				if (vErrors === null) vErrors = [err16];
				else vErrors.push(err16);
				errors++;
			}
		}
	} else {
		const err17 = {
			instancePath,
			schemaPath: "#/type",
			keyword: "type",
			params: { type: "object" },
			message: "must be object"
		};
		if (vErrors === null) vErrors = [err17];
		else vErrors.push(err17);
		errors++;
	}
	validate11$1.errors = vErrors;
	return errors === 0;
}
const pattern4 = /* @__PURE__ */ new RegExp("^.", "u");
const pattern5 = /* @__PURE__ */ new RegExp("^[0-9a-f]{40,64}$", "u");
const pattern6 = /* @__PURE__ */ new RegExp("^[0-9a-f]{64}$", "u");
const pattern9 = /* @__PURE__ */ new RegExp("^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$", "u");
function validate10$1(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
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
		if (data.hosts === void 0) {
			const err1 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "hosts" },
				message: "must have required property 'hosts'"
			};
			if (vErrors === null) vErrors = [err1];
			else vErrors.push(err1);
			errors++;
		}
		if (data.receipts === void 0) {
			const err2 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "receipts" },
				message: "must have required property 'receipts'"
			};
			if (vErrors === null) vErrors = [err2];
			else vErrors.push(err2);
			errors++;
		}
		for (const key0 in data) if (!(key0 === "version" || key0 === "hosts" || key0 === "receipts")) {
			const err3 = {
				instancePath,
				schemaPath: "#/additionalProperties",
				keyword: "additionalProperties",
				params: { additionalProperty: key0 },
				message: "must NOT have additional properties"
			};
			if (vErrors === null) vErrors = [err3];
			else vErrors.push(err3);
			errors++;
		}
		if (data.version !== void 0) {
			if (1 !== data.version) {
				const err4 = {
					instancePath: instancePath + "/version",
					schemaPath: "#/properties/version/const",
					keyword: "const",
					params: { allowedValue: 1 },
					message: "must be equal to constant"
				};
				if (vErrors === null) vErrors = [err4];
				else vErrors.push(err4);
				errors++;
			}
		}
		if (data.hosts !== void 0) {
			let data1 = data.hosts;
			if (Array.isArray(data1)) {
				const len0 = data1.length;
				for (let i0 = 0; i0 < len0; i0++) if (!validate11$1(data1[i0], {
					instancePath: instancePath + "/hosts/" + i0,
					parentData: data1,
					parentDataProperty: i0,
					rootData
				})) {
					vErrors = vErrors === null ? validate11$1.errors : vErrors.concat(validate11$1.errors);
					errors = vErrors.length;
				}
			} else {
				const err5 = {
					instancePath: instancePath + "/hosts",
					schemaPath: "#/properties/hosts/type",
					keyword: "type",
					params: { type: "array" },
					message: "must be array"
				};
				if (vErrors === null) vErrors = [err5];
				else vErrors.push(err5);
				errors++;
			}
		}
		if (data.receipts !== void 0) {
			let data3 = data.receipts;
			if (Array.isArray(data3)) {
				const len1 = data3.length;
				for (let i1 = 0; i1 < len1; i1++) {
					let data4 = data3[i1];
					if (data4 && typeof data4 == "object" && !Array.isArray(data4)) {
						if (data4.version === void 0) {
							const err6 = {
								instancePath: instancePath + "/receipts/" + i1,
								schemaPath: "receipt.schema.json/required",
								keyword: "required",
								params: { missingProperty: "version" },
								message: "must have required property 'version'"
							};
							if (vErrors === null) vErrors = [err6];
							else vErrors.push(err6);
							errors++;
						}
						if (data4.host === void 0) {
							const err7 = {
								instancePath: instancePath + "/receipts/" + i1,
								schemaPath: "receipt.schema.json/required",
								keyword: "required",
								params: { missingProperty: "host" },
								message: "must have required property 'host'"
							};
							if (vErrors === null) vErrors = [err7];
							else vErrors.push(err7);
							errors++;
						}
						if (data4.dialect === void 0) {
							const err8 = {
								instancePath: instancePath + "/receipts/" + i1,
								schemaPath: "receipt.schema.json/required",
								keyword: "required",
								params: { missingProperty: "dialect" },
								message: "must have required property 'dialect'"
							};
							if (vErrors === null) vErrors = [err8];
							else vErrors.push(err8);
							errors++;
						}
						if (data4.playbook === void 0) {
							const err9 = {
								instancePath: instancePath + "/receipts/" + i1,
								schemaPath: "receipt.schema.json/required",
								keyword: "required",
								params: { missingProperty: "playbook" },
								message: "must have required property 'playbook'"
							};
							if (vErrors === null) vErrors = [err9];
							else vErrors.push(err9);
							errors++;
						}
						if (data4.variables === void 0) {
							const err10 = {
								instancePath: instancePath + "/receipts/" + i1,
								schemaPath: "receipt.schema.json/required",
								keyword: "required",
								params: { missingProperty: "variables" },
								message: "must have required property 'variables'"
							};
							if (vErrors === null) vErrors = [err10];
							else vErrors.push(err10);
							errors++;
						}
						if (data4.images === void 0) {
							const err11 = {
								instancePath: instancePath + "/receipts/" + i1,
								schemaPath: "receipt.schema.json/required",
								keyword: "required",
								params: { missingProperty: "images" },
								message: "must have required property 'images'"
							};
							if (vErrors === null) vErrors = [err11];
							else vErrors.push(err11);
							errors++;
						}
						if (data4.command === void 0) {
							const err12 = {
								instancePath: instancePath + "/receipts/" + i1,
								schemaPath: "receipt.schema.json/required",
								keyword: "required",
								params: { missingProperty: "command" },
								message: "must have required property 'command'"
							};
							if (vErrors === null) vErrors = [err12];
							else vErrors.push(err12);
							errors++;
						}
						if (data4.commandDigest === void 0) {
							const err13 = {
								instancePath: instancePath + "/receipts/" + i1,
								schemaPath: "receipt.schema.json/required",
								keyword: "required",
								params: { missingProperty: "commandDigest" },
								message: "must have required property 'commandDigest'"
							};
							if (vErrors === null) vErrors = [err13];
							else vErrors.push(err13);
							errors++;
						}
						if (data4.counts === void 0) {
							const err14 = {
								instancePath: instancePath + "/receipts/" + i1,
								schemaPath: "receipt.schema.json/required",
								keyword: "required",
								params: { missingProperty: "counts" },
								message: "must have required property 'counts'"
							};
							if (vErrors === null) vErrors = [err14];
							else vErrors.push(err14);
							errors++;
						}
						if (data4.findings === void 0) {
							const err15 = {
								instancePath: instancePath + "/receipts/" + i1,
								schemaPath: "receipt.schema.json/required",
								keyword: "required",
								params: { missingProperty: "findings" },
								message: "must have required property 'findings'"
							};
							if (vErrors === null) vErrors = [err15];
							else vErrors.push(err15);
							errors++;
						}
						if (data4.passes === void 0) {
							const err16 = {
								instancePath: instancePath + "/receipts/" + i1,
								schemaPath: "receipt.schema.json/required",
								keyword: "required",
								params: { missingProperty: "passes" },
								message: "must have required property 'passes'"
							};
							if (vErrors === null) vErrors = [err16];
							else vErrors.push(err16);
							errors++;
						}
						if (data4.rehearsalSeconds === void 0) {
							const err17 = {
								instancePath: instancePath + "/receipts/" + i1,
								schemaPath: "receipt.schema.json/required",
								keyword: "required",
								params: { missingProperty: "rehearsalSeconds" },
								message: "must have required property 'rehearsalSeconds'"
							};
							if (vErrors === null) vErrors = [err17];
							else vErrors.push(err17);
							errors++;
						}
						if (data4.expectedWindowSeconds === void 0) {
							const err18 = {
								instancePath: instancePath + "/receipts/" + i1,
								schemaPath: "receipt.schema.json/required",
								keyword: "required",
								params: { missingProperty: "expectedWindowSeconds" },
								message: "must have required property 'expectedWindowSeconds'"
							};
							if (vErrors === null) vErrors = [err18];
							else vErrors.push(err18);
							errors++;
						}
						if (data4.at === void 0) {
							const err19 = {
								instancePath: instancePath + "/receipts/" + i1,
								schemaPath: "receipt.schema.json/required",
								keyword: "required",
								params: { missingProperty: "at" },
								message: "must have required property 'at'"
							};
							if (vErrors === null) vErrors = [err19];
							else vErrors.push(err19);
							errors++;
						}
						for (const key1 in data4) if (!func2$1.call(schema30.properties, key1)) {
							const err20 = {
								instancePath: instancePath + "/receipts/" + i1,
								schemaPath: "receipt.schema.json/additionalProperties",
								keyword: "additionalProperties",
								params: { additionalProperty: key1 },
								message: "must NOT have additional properties"
							};
							if (vErrors === null) vErrors = [err20];
							else vErrors.push(err20);
							errors++;
						}
						if (data4.version !== void 0) {
							if (1 !== data4.version) {
								const err21 = {
									instancePath: instancePath + "/receipts/" + i1 + "/version",
									schemaPath: "receipt.schema.json/properties/version/const",
									keyword: "const",
									params: { allowedValue: 1 },
									message: "must be equal to constant"
								};
								if (vErrors === null) vErrors = [err21];
								else vErrors.push(err21);
								errors++;
							}
						}
						if (data4.host !== void 0) {
							let data6 = data4.host;
							if (typeof data6 === "string") {
								if (!pattern4.test(data6)) {
									const err22 = {
										instancePath: instancePath + "/receipts/" + i1 + "/host",
										schemaPath: "receipt.schema.json/properties/host/pattern",
										keyword: "pattern",
										params: { pattern: "^." },
										message: "must match pattern \"^.\""
									};
									if (vErrors === null) vErrors = [err22];
									else vErrors.push(err22);
									errors++;
								}
							} else {
								const err23 = {
									instancePath: instancePath + "/receipts/" + i1 + "/host",
									schemaPath: "receipt.schema.json/properties/host/type",
									keyword: "type",
									params: { type: "string" },
									message: "must be string"
								};
								if (vErrors === null) vErrors = [err23];
								else vErrors.push(err23);
								errors++;
							}
						}
						if (data4.dialect !== void 0) {
							let data7 = data4.dialect;
							if (!(data7 === "syn2mas-tool" || data7 === "mas-cli")) {
								const err24 = {
									instancePath: instancePath + "/receipts/" + i1 + "/dialect",
									schemaPath: "receipt.schema.json/properties/dialect/enum",
									keyword: "enum",
									params: { allowedValues: schema30.properties.dialect.enum },
									message: "must be equal to one of the allowed values"
								};
								if (vErrors === null) vErrors = [err24];
								else vErrors.push(err24);
								errors++;
							}
						}
						if (data4.playbook !== void 0) {
							let data8 = data4.playbook;
							if (data8 && typeof data8 == "object" && !Array.isArray(data8)) {
								if (data8.digest === void 0) {
									const err25 = {
										instancePath: instancePath + "/receipts/" + i1 + "/playbook",
										schemaPath: "receipt.schema.json/properties/playbook/required",
										keyword: "required",
										params: { missingProperty: "digest" },
										message: "must have required property 'digest'"
									};
									if (vErrors === null) vErrors = [err25];
									else vErrors.push(err25);
									errors++;
								}
								for (const key2 in data8) if (!(key2 === "commit" || key2 === "digest")) {
									const err26 = {
										instancePath: instancePath + "/receipts/" + i1 + "/playbook",
										schemaPath: "receipt.schema.json/properties/playbook/additionalProperties",
										keyword: "additionalProperties",
										params: { additionalProperty: key2 },
										message: "must NOT have additional properties"
									};
									if (vErrors === null) vErrors = [err26];
									else vErrors.push(err26);
									errors++;
								}
								if (data8.commit !== void 0) {
									let data9 = data8.commit;
									if (typeof data9 === "string") {
										if (!pattern5.test(data9)) {
											const err27 = {
												instancePath: instancePath + "/receipts/" + i1 + "/playbook/commit",
												schemaPath: "receipt.schema.json/properties/playbook/properties/commit/pattern",
												keyword: "pattern",
												params: { pattern: "^[0-9a-f]{40,64}$" },
												message: "must match pattern \"^[0-9a-f]{40,64}$\""
											};
											if (vErrors === null) vErrors = [err27];
											else vErrors.push(err27);
											errors++;
										}
									} else {
										const err28 = {
											instancePath: instancePath + "/receipts/" + i1 + "/playbook/commit",
											schemaPath: "receipt.schema.json/properties/playbook/properties/commit/type",
											keyword: "type",
											params: { type: "string" },
											message: "must be string"
										};
										if (vErrors === null) vErrors = [err28];
										else vErrors.push(err28);
										errors++;
									}
								}
								if (data8.digest !== void 0) {
									let data10 = data8.digest;
									if (typeof data10 === "string") {
										if (!pattern6.test(data10)) {
											const err29 = {
												instancePath: instancePath + "/receipts/" + i1 + "/playbook/digest",
												schemaPath: "receipt.schema.json/properties/playbook/properties/digest/pattern",
												keyword: "pattern",
												params: { pattern: "^[0-9a-f]{64}$" },
												message: "must match pattern \"^[0-9a-f]{64}$\""
											};
											if (vErrors === null) vErrors = [err29];
											else vErrors.push(err29);
											errors++;
										}
									} else {
										const err30 = {
											instancePath: instancePath + "/receipts/" + i1 + "/playbook/digest",
											schemaPath: "receipt.schema.json/properties/playbook/properties/digest/type",
											keyword: "type",
											params: { type: "string" },
											message: "must be string"
										};
										if (vErrors === null) vErrors = [err30];
										else vErrors.push(err30);
										errors++;
									}
								}
							} else {
								const err31 = {
									instancePath: instancePath + "/receipts/" + i1 + "/playbook",
									schemaPath: "receipt.schema.json/properties/playbook/type",
									keyword: "type",
									params: { type: "object" },
									message: "must be object"
								};
								if (vErrors === null) vErrors = [err31];
								else vErrors.push(err31);
								errors++;
							}
						}
						if (data4.variables !== void 0) {
							let data11 = data4.variables;
							if (data11 && typeof data11 == "object" && !Array.isArray(data11)) for (const key3 in data11) {
								let data12 = data11[key3];
								if (typeof data12 === "string") {
									if (!pattern6.test(data12)) {
										const err32 = {
											instancePath: instancePath + "/receipts/" + i1 + "/variables/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),
											schemaPath: "receipt.schema.json/properties/variables/additionalProperties/pattern",
											keyword: "pattern",
											params: { pattern: "^[0-9a-f]{64}$" },
											message: "must match pattern \"^[0-9a-f]{64}$\""
										};
										if (vErrors === null) vErrors = [err32];
										else vErrors.push(err32);
										errors++;
									}
								} else {
									const err33 = {
										instancePath: instancePath + "/receipts/" + i1 + "/variables/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),
										schemaPath: "receipt.schema.json/properties/variables/additionalProperties/type",
										keyword: "type",
										params: { type: "string" },
										message: "must be string"
									};
									if (vErrors === null) vErrors = [err33];
									else vErrors.push(err33);
									errors++;
								}
							}
							else {
								const err34 = {
									instancePath: instancePath + "/receipts/" + i1 + "/variables",
									schemaPath: "receipt.schema.json/properties/variables/type",
									keyword: "type",
									params: { type: "object" },
									message: "must be object"
								};
								if (vErrors === null) vErrors = [err34];
								else vErrors.push(err34);
								errors++;
							}
						}
						if (data4.images !== void 0) {
							let data13 = data4.images;
							if (data13 && typeof data13 == "object" && !Array.isArray(data13)) {
								for (const key4 in data13) if (typeof data13[key4] !== "string") {
									const err35 = {
										instancePath: instancePath + "/receipts/" + i1 + "/images/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),
										schemaPath: "receipt.schema.json/properties/images/additionalProperties/type",
										keyword: "type",
										params: { type: "string" },
										message: "must be string"
									};
									if (vErrors === null) vErrors = [err35];
									else vErrors.push(err35);
									errors++;
								}
							} else {
								const err36 = {
									instancePath: instancePath + "/receipts/" + i1 + "/images",
									schemaPath: "receipt.schema.json/properties/images/type",
									keyword: "type",
									params: { type: "object" },
									message: "must be object"
								};
								if (vErrors === null) vErrors = [err36];
								else vErrors.push(err36);
								errors++;
							}
						}
						if (data4.command !== void 0) {
							let data15 = data4.command;
							if (Array.isArray(data15)) {
								const len2 = data15.length;
								for (let i2 = 0; i2 < len2; i2++) if (typeof data15[i2] !== "string") {
									const err37 = {
										instancePath: instancePath + "/receipts/" + i1 + "/command/" + i2,
										schemaPath: "receipt.schema.json/properties/command/items/type",
										keyword: "type",
										params: { type: "string" },
										message: "must be string"
									};
									if (vErrors === null) vErrors = [err37];
									else vErrors.push(err37);
									errors++;
								}
							} else {
								const err38 = {
									instancePath: instancePath + "/receipts/" + i1 + "/command",
									schemaPath: "receipt.schema.json/properties/command/type",
									keyword: "type",
									params: { type: "array" },
									message: "must be array"
								};
								if (vErrors === null) vErrors = [err38];
								else vErrors.push(err38);
								errors++;
							}
						}
						if (data4.commandDigest !== void 0) {
							let data17 = data4.commandDigest;
							if (typeof data17 === "string") {
								if (!pattern6.test(data17)) {
									const err39 = {
										instancePath: instancePath + "/receipts/" + i1 + "/commandDigest",
										schemaPath: "receipt.schema.json/properties/commandDigest/pattern",
										keyword: "pattern",
										params: { pattern: "^[0-9a-f]{64}$" },
										message: "must match pattern \"^[0-9a-f]{64}$\""
									};
									if (vErrors === null) vErrors = [err39];
									else vErrors.push(err39);
									errors++;
								}
							} else {
								const err40 = {
									instancePath: instancePath + "/receipts/" + i1 + "/commandDigest",
									schemaPath: "receipt.schema.json/properties/commandDigest/type",
									keyword: "type",
									params: { type: "string" },
									message: "must be string"
								};
								if (vErrors === null) vErrors = [err40];
								else vErrors.push(err40);
								errors++;
							}
						}
						if (data4.counts !== void 0) {
							let data18 = data4.counts;
							if (data18 && typeof data18 == "object" && !Array.isArray(data18)) for (const key5 in data18) {
								let data19 = data18[key5];
								if (!(typeof data19 == "number" && !(data19 % 1) && !isNaN(data19) && isFinite(data19)) && data19 !== null) {
									const err41 = {
										instancePath: instancePath + "/receipts/" + i1 + "/counts/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),
										schemaPath: "receipt.schema.json/properties/counts/additionalProperties/type",
										keyword: "type",
										params: { type: schema30.properties.counts.additionalProperties.type },
										message: "must be integer,null"
									};
									if (vErrors === null) vErrors = [err41];
									else vErrors.push(err41);
									errors++;
								}
								if (typeof data19 == "number" && isFinite(data19)) {
									if (data19 < 0 || isNaN(data19)) {
										const err42 = {
											instancePath: instancePath + "/receipts/" + i1 + "/counts/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),
											schemaPath: "receipt.schema.json/properties/counts/additionalProperties/minimum",
											keyword: "minimum",
											params: {
												comparison: ">=",
												limit: 0
											},
											message: "must be >= 0"
										};
										if (vErrors === null) vErrors = [err42];
										else vErrors.push(err42);
										errors++;
									}
								}
							}
							else {
								const err43 = {
									instancePath: instancePath + "/receipts/" + i1 + "/counts",
									schemaPath: "receipt.schema.json/properties/counts/type",
									keyword: "type",
									params: { type: "object" },
									message: "must be object"
								};
								if (vErrors === null) vErrors = [err43];
								else vErrors.push(err43);
								errors++;
							}
						}
						if (data4.findings !== void 0) {
							let data20 = data4.findings;
							if (Array.isArray(data20)) {
								const len3 = data20.length;
								for (let i3 = 0; i3 < len3; i3++) {
									let data21 = data20[i3];
									if (data21 && typeof data21 == "object" && !Array.isArray(data21)) {
										if (data21.id === void 0) {
											const err44 = {
												instancePath: instancePath + "/receipts/" + i1 + "/findings/" + i3,
												schemaPath: "receipt.schema.json/properties/findings/items/required",
												keyword: "required",
												params: { missingProperty: "id" },
												message: "must have required property 'id'"
											};
											if (vErrors === null) vErrors = [err44];
											else vErrors.push(err44);
											errors++;
										}
										if (data21.severity === void 0) {
											const err45 = {
												instancePath: instancePath + "/receipts/" + i1 + "/findings/" + i3,
												schemaPath: "receipt.schema.json/properties/findings/items/required",
												keyword: "required",
												params: { missingProperty: "severity" },
												message: "must have required property 'severity'"
											};
											if (vErrors === null) vErrors = [err45];
											else vErrors.push(err45);
											errors++;
										}
										if (data21.message === void 0) {
											const err46 = {
												instancePath: instancePath + "/receipts/" + i1 + "/findings/" + i3,
												schemaPath: "receipt.schema.json/properties/findings/items/required",
												keyword: "required",
												params: { missingProperty: "message" },
												message: "must have required property 'message'"
											};
											if (vErrors === null) vErrors = [err46];
											else vErrors.push(err46);
											errors++;
										}
										for (const key6 in data21) if (!(key6 === "id" || key6 === "severity" || key6 === "message")) {
											const err47 = {
												instancePath: instancePath + "/receipts/" + i1 + "/findings/" + i3,
												schemaPath: "receipt.schema.json/properties/findings/items/additionalProperties",
												keyword: "additionalProperties",
												params: { additionalProperty: key6 },
												message: "must NOT have additional properties"
											};
											if (vErrors === null) vErrors = [err47];
											else vErrors.push(err47);
											errors++;
										}
										if (data21.id !== void 0) {
											if (typeof data21.id !== "string") {
												const err48 = {
													instancePath: instancePath + "/receipts/" + i1 + "/findings/" + i3 + "/id",
													schemaPath: "receipt.schema.json/properties/findings/items/properties/id/type",
													keyword: "type",
													params: { type: "string" },
													message: "must be string"
												};
												if (vErrors === null) vErrors = [err48];
												else vErrors.push(err48);
												errors++;
											}
										}
										if (data21.severity !== void 0) {
											let data23 = data21.severity;
											if (!(data23 === "error" || data23 === "warning" || data23 === "notice")) {
												const err49 = {
													instancePath: instancePath + "/receipts/" + i1 + "/findings/" + i3 + "/severity",
													schemaPath: "receipt.schema.json/properties/findings/items/properties/severity/enum",
													keyword: "enum",
													params: { allowedValues: schema30.properties.findings.items.properties.severity.enum },
													message: "must be equal to one of the allowed values"
												};
												if (vErrors === null) vErrors = [err49];
												else vErrors.push(err49);
												errors++;
											}
										}
										if (data21.message !== void 0) {
											if (typeof data21.message !== "string") {
												const err50 = {
													instancePath: instancePath + "/receipts/" + i1 + "/findings/" + i3 + "/message",
													schemaPath: "receipt.schema.json/properties/findings/items/properties/message/type",
													keyword: "type",
													params: { type: "string" },
													message: "must be string"
												};
												if (vErrors === null) vErrors = [err50];
												else vErrors.push(err50);
												errors++;
											}
										}
									} else {
										const err51 = {
											instancePath: instancePath + "/receipts/" + i1 + "/findings/" + i3,
											schemaPath: "receipt.schema.json/properties/findings/items/type",
											keyword: "type",
											params: { type: "object" },
											message: "must be object"
										};
										if (vErrors === null) vErrors = [err51];
										else vErrors.push(err51);
										errors++;
									}
								}
							} else {
								const err52 = {
									instancePath: instancePath + "/receipts/" + i1 + "/findings",
									schemaPath: "receipt.schema.json/properties/findings/type",
									keyword: "type",
									params: { type: "array" },
									message: "must be array"
								};
								if (vErrors === null) vErrors = [err52];
								else vErrors.push(err52);
								errors++;
							}
						}
						if (data4.passes !== void 0) {
							if (typeof data4.passes !== "boolean") {
								const err53 = {
									instancePath: instancePath + "/receipts/" + i1 + "/passes",
									schemaPath: "receipt.schema.json/properties/passes/type",
									keyword: "type",
									params: { type: "boolean" },
									message: "must be boolean"
								};
								if (vErrors === null) vErrors = [err53];
								else vErrors.push(err53);
								errors++;
							}
						}
						if (data4.rehearsalSeconds !== void 0) {
							let data26 = data4.rehearsalSeconds;
							if (typeof data26 == "number" && isFinite(data26)) {
								if (data26 < 0 || isNaN(data26)) {
									const err54 = {
										instancePath: instancePath + "/receipts/" + i1 + "/rehearsalSeconds",
										schemaPath: "receipt.schema.json/properties/rehearsalSeconds/minimum",
										keyword: "minimum",
										params: {
											comparison: ">=",
											limit: 0
										},
										message: "must be >= 0"
									};
									if (vErrors === null) vErrors = [err54];
									else vErrors.push(err54);
									errors++;
								}
							} else {
								const err55 = {
									instancePath: instancePath + "/receipts/" + i1 + "/rehearsalSeconds",
									schemaPath: "receipt.schema.json/properties/rehearsalSeconds/type",
									keyword: "type",
									params: { type: "number" },
									message: "must be number"
								};
								if (vErrors === null) vErrors = [err55];
								else vErrors.push(err55);
								errors++;
							}
						}
						if (data4.expectedWindowSeconds !== void 0) {
							let data27 = data4.expectedWindowSeconds;
							if (typeof data27 == "number" && isFinite(data27)) {
								if (data27 < 0 || isNaN(data27)) {
									const err56 = {
										instancePath: instancePath + "/receipts/" + i1 + "/expectedWindowSeconds",
										schemaPath: "receipt.schema.json/properties/expectedWindowSeconds/minimum",
										keyword: "minimum",
										params: {
											comparison: ">=",
											limit: 0
										},
										message: "must be >= 0"
									};
									if (vErrors === null) vErrors = [err56];
									else vErrors.push(err56);
									errors++;
								}
							} else {
								const err57 = {
									instancePath: instancePath + "/receipts/" + i1 + "/expectedWindowSeconds",
									schemaPath: "receipt.schema.json/properties/expectedWindowSeconds/type",
									keyword: "type",
									params: { type: "number" },
									message: "must be number"
								};
								if (vErrors === null) vErrors = [err57];
								else vErrors.push(err57);
								errors++;
							}
						}
						if (data4.at !== void 0) {
							let data28 = data4.at;
							if (typeof data28 === "string") {
								if (!pattern9.test(data28)) {
									const err58 = {
										instancePath: instancePath + "/receipts/" + i1 + "/at",
										schemaPath: "receipt.schema.json/properties/at/pattern",
										keyword: "pattern",
										params: { pattern: "^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$" },
										message: "must match pattern \"^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$\""
									};
									if (vErrors === null) vErrors = [err58];
									else vErrors.push(err58);
									errors++;
								}
							} else {
								const err59 = {
									instancePath: instancePath + "/receipts/" + i1 + "/at",
									schemaPath: "receipt.schema.json/properties/at/type",
									keyword: "type",
									params: { type: "string" },
									message: "must be string"
								};
								if (vErrors === null) vErrors = [err59];
								else vErrors.push(err59);
								errors++;
							}
						}
					} else {
						const err60 = {
							instancePath: instancePath + "/receipts/" + i1,
							schemaPath: "receipt.schema.json/type",
							keyword: "type",
							params: { type: "object" },
							message: "must be object"
						};
						if (vErrors === null) vErrors = [err60];
						else vErrors.push(err60);
						errors++;
					}
				}
			} else {
				const err61 = {
					instancePath: instancePath + "/receipts",
					schemaPath: "#/properties/receipts/type",
					keyword: "type",
					params: { type: "array" },
					message: "must be array"
				};
				if (vErrors === null) vErrors = [err61];
				else vErrors.push(err61);
				errors++;
			}
		}
	} else {
		const err62 = {
			instancePath,
			schemaPath: "#/type",
			keyword: "type",
			params: { type: "object" },
			message: "must be object"
		};
		if (vErrors === null) vErrors = [err62];
		else vErrors.push(err62);
		errors++;
	}
	validate10$1.errors = vErrors;
	return errors === 0;
}

// src/generated/validation.ts
const validate = validate10;
const schema13 = { "enum": [
	"off",
	"prepared",
	"live",
	"unknown"
] };
const schema16 = { "enum": [
	"nothing",
	"deploy",
	"migrate",
	"resume",
	"repair",
	"roll-back",
	"refuse"
] };
function validate11(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
	let vErrors = null;
	let errors = 0;
	if (data && typeof data == "object" && !Array.isArray(data)) {
		if (data.host === void 0) {
			const err0 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "host" },
				message: "must have required property 'host'"
			};
			if (vErrors === null) vErrors = [err0];
			else vErrors.push(err0);
			errors++;
		}
		if (data.stage === void 0) {
			const err1 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "stage" },
				message: "must have required property 'stage'"
			};
			if (vErrors === null) vErrors = [err1];
			else vErrors.push(err1);
			errors++;
		}
		if (data.reason === void 0) {
			const err2 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "reason" },
				message: "must have required property 'reason'"
			};
			if (vErrors === null) vErrors = [err2];
			else vErrors.push(err2);
			errors++;
		}
		if (data.outlook === void 0) {
			const err3 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "outlook" },
				message: "must have required property 'outlook'"
			};
			if (vErrors === null) vErrors = [err3];
			else vErrors.push(err3);
			errors++;
		}
		for (const key0 in data) if (!(key0 === "host" || key0 === "stage" || key0 === "reason" || key0 === "place" || key0 === "before" || key0 === "outlook")) {
			const err4 = {
				instancePath,
				schemaPath: "#/additionalProperties",
				keyword: "additionalProperties",
				params: { additionalProperty: key0 },
				message: "must NOT have additional properties"
			};
			if (vErrors === null) vErrors = [err4];
			else vErrors.push(err4);
			errors++;
		}
		if (data.host !== void 0) {
			if (typeof data.host !== "string") {
				const err5 = {
					instancePath: instancePath + "/host",
					schemaPath: "#/properties/host/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err5];
				else vErrors.push(err5);
				errors++;
			}
		}
		if (data.stage !== void 0) {
			let data1 = data.stage;
			if (!(data1 === "off" || data1 === "prepared" || data1 === "live" || data1 === "unknown")) {
				const err6 = {
					instancePath: instancePath + "/stage",
					schemaPath: "#/definitions/desiredStage/enum",
					keyword: "enum",
					params: { allowedValues: schema13.enum },
					message: "must be equal to one of the allowed values"
				};
				if (vErrors === null) vErrors = [err6];
				else vErrors.push(err6);
				errors++;
			}
		}
		if (data.reason !== void 0) {
			if (typeof data.reason !== "string") {
				const err7 = {
					instancePath: instancePath + "/reason",
					schemaPath: "#/properties/reason/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err7];
				else vErrors.push(err7);
				errors++;
			}
		}
		if (data.place !== void 0) {
			let data3 = data.place;
			if (data3 && typeof data3 == "object" && !Array.isArray(data3)) {
				if (data3.file === void 0) {
					const err8 = {
						instancePath: instancePath + "/place",
						schemaPath: "#/definitions/place/required",
						keyword: "required",
						params: { missingProperty: "file" },
						message: "must have required property 'file'"
					};
					if (vErrors === null) vErrors = [err8];
					else vErrors.push(err8);
					errors++;
				}
				if (data3.line === void 0) {
					const err9 = {
						instancePath: instancePath + "/place",
						schemaPath: "#/definitions/place/required",
						keyword: "required",
						params: { missingProperty: "line" },
						message: "must have required property 'line'"
					};
					if (vErrors === null) vErrors = [err9];
					else vErrors.push(err9);
					errors++;
				}
				if (data3.column === void 0) {
					const err10 = {
						instancePath: instancePath + "/place",
						schemaPath: "#/definitions/place/required",
						keyword: "required",
						params: { missingProperty: "column" },
						message: "must have required property 'column'"
					};
					if (vErrors === null) vErrors = [err10];
					else vErrors.push(err10);
					errors++;
				}
				for (const key1 in data3) if (!(key1 === "file" || key1 === "line" || key1 === "column" || key1 === "endLine" || key1 === "endColumn")) {
					const err11 = {
						instancePath: instancePath + "/place",
						schemaPath: "#/definitions/place/additionalProperties",
						keyword: "additionalProperties",
						params: { additionalProperty: key1 },
						message: "must NOT have additional properties"
					};
					if (vErrors === null) vErrors = [err11];
					else vErrors.push(err11);
					errors++;
				}
				if (data3.file !== void 0) {
					if (typeof data3.file !== "string") {
						const err12 = {
							instancePath: instancePath + "/place/file",
							schemaPath: "#/definitions/place/properties/file/type",
							keyword: "type",
							params: { type: "string" },
							message: "must be string"
						};
						if (vErrors === null) vErrors = [err12];
						else vErrors.push(err12);
						errors++;
					}
				}
				if (data3.line !== void 0) {
					let data5 = data3.line;
					if (!(typeof data5 == "number" && !(data5 % 1) && !isNaN(data5) && isFinite(data5))) {
						const err13 = {
							instancePath: instancePath + "/place/line",
							schemaPath: "#/definitions/place/properties/line/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err13];
						else vErrors.push(err13);
						errors++;
					}
					if (typeof data5 == "number" && isFinite(data5)) {
						if (data5 < 1 || isNaN(data5)) {
							const err14 = {
								instancePath: instancePath + "/place/line",
								schemaPath: "#/definitions/place/properties/line/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err14];
							else vErrors.push(err14);
							errors++;
						}
					}
				}
				if (data3.column !== void 0) {
					let data6 = data3.column;
					if (!(typeof data6 == "number" && !(data6 % 1) && !isNaN(data6) && isFinite(data6))) {
						const err15 = {
							instancePath: instancePath + "/place/column",
							schemaPath: "#/definitions/place/properties/column/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err15];
						else vErrors.push(err15);
						errors++;
					}
					if (typeof data6 == "number" && isFinite(data6)) {
						if (data6 < 1 || isNaN(data6)) {
							const err16 = {
								instancePath: instancePath + "/place/column",
								schemaPath: "#/definitions/place/properties/column/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err16];
							else vErrors.push(err16);
							errors++;
						}
					}
				}
				if (data3.endLine !== void 0) {
					let data7 = data3.endLine;
					if (!(typeof data7 == "number" && !(data7 % 1) && !isNaN(data7) && isFinite(data7))) {
						const err17 = {
							instancePath: instancePath + "/place/endLine",
							schemaPath: "#/definitions/place/properties/endLine/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err17];
						else vErrors.push(err17);
						errors++;
					}
					if (typeof data7 == "number" && isFinite(data7)) {
						if (data7 < 1 || isNaN(data7)) {
							const err18 = {
								instancePath: instancePath + "/place/endLine",
								schemaPath: "#/definitions/place/properties/endLine/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err18];
							else vErrors.push(err18);
							errors++;
						}
					}
				}
				if (data3.endColumn !== void 0) {
					let data8 = data3.endColumn;
					if (!(typeof data8 == "number" && !(data8 % 1) && !isNaN(data8) && isFinite(data8))) {
						const err19 = {
							instancePath: instancePath + "/place/endColumn",
							schemaPath: "#/definitions/place/properties/endColumn/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err19];
						else vErrors.push(err19);
						errors++;
					}
					if (typeof data8 == "number" && isFinite(data8)) {
						if (data8 < 1 || isNaN(data8)) {
							const err20 = {
								instancePath: instancePath + "/place/endColumn",
								schemaPath: "#/definitions/place/properties/endColumn/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err20];
							else vErrors.push(err20);
							errors++;
						}
					}
				}
			} else {
				const err21 = {
					instancePath: instancePath + "/place",
					schemaPath: "#/definitions/place/type",
					keyword: "type",
					params: { type: "object" },
					message: "must be object"
				};
				if (vErrors === null) vErrors = [err21];
				else vErrors.push(err21);
				errors++;
			}
		}
		if (data.before !== void 0) {
			let data9 = data.before;
			if (!(data9 === "off" || data9 === "prepared" || data9 === "live" || data9 === "unknown")) {
				const err22 = {
					instancePath: instancePath + "/before",
					schemaPath: "#/definitions/desiredStage/enum",
					keyword: "enum",
					params: { allowedValues: schema13.enum },
					message: "must be equal to one of the allowed values"
				};
				if (vErrors === null) vErrors = [err22];
				else vErrors.push(err22);
				errors++;
			}
		}
		if (data.outlook !== void 0) {
			let data10 = data.outlook;
			if (data10 && typeof data10 == "object" && !Array.isArray(data10)) {
				if (data10.expected === void 0) {
					const err23 = {
						instancePath: instancePath + "/outlook",
						schemaPath: "#/properties/outlook/required",
						keyword: "required",
						params: { missingProperty: "expected" },
						message: "must have required property 'expected'"
					};
					if (vErrors === null) vErrors = [err23];
					else vErrors.push(err23);
					errors++;
				}
				if (data10.sentence === void 0) {
					const err24 = {
						instancePath: instancePath + "/outlook",
						schemaPath: "#/properties/outlook/required",
						keyword: "required",
						params: { missingProperty: "sentence" },
						message: "must have required property 'sentence'"
					};
					if (vErrors === null) vErrors = [err24];
					else vErrors.push(err24);
					errors++;
				}
				for (const key2 in data10) if (!(key2 === "expected" || key2 === "sentence" || key2 === "otherwise")) {
					const err25 = {
						instancePath: instancePath + "/outlook",
						schemaPath: "#/properties/outlook/additionalProperties",
						keyword: "additionalProperties",
						params: { additionalProperty: key2 },
						message: "must NOT have additional properties"
					};
					if (vErrors === null) vErrors = [err25];
					else vErrors.push(err25);
					errors++;
				}
				if (data10.expected !== void 0) {
					let data11 = data10.expected;
					const _errs28 = errors;
					let valid6 = false;
					const _errs29 = errors;
					if (!(data11 === "nothing" || data11 === "deploy" || data11 === "migrate" || data11 === "resume" || data11 === "repair" || data11 === "roll-back" || data11 === "refuse")) {
						const err26 = {
							instancePath: instancePath + "/outlook/expected",
							schemaPath: "#/definitions/plan/enum",
							keyword: "enum",
							params: { allowedValues: schema16.enum },
							message: "must be equal to one of the allowed values"
						};
						if (vErrors === null) vErrors = [err26];
						else vErrors.push(err26);
						errors++;
					}
					var _valid0 = _errs29 === errors;
					valid6 = valid6 || _valid0;
					if (!valid6) {
						const _errs31 = errors;
						if ("unknown" !== data11) {
							const err27 = {
								instancePath: instancePath + "/outlook/expected",
								schemaPath: "#/properties/outlook/properties/expected/anyOf/1/const",
								keyword: "const",
								params: { allowedValue: "unknown" },
								message: "must be equal to constant"
							};
							if (vErrors === null) vErrors = [err27];
							else vErrors.push(err27);
							errors++;
						}
						var _valid0 = _errs31 === errors;
						valid6 = valid6 || _valid0;
					}
					if (!valid6) {
						const err28 = {
							instancePath: instancePath + "/outlook/expected",
							schemaPath: "#/properties/outlook/properties/expected/anyOf",
							keyword: "anyOf",
							params: {},
							message: "must match a schema in anyOf"
						};
						if (vErrors === null) vErrors = [err28];
						else vErrors.push(err28);
						errors++;
					} else {
						errors = _errs28;
						if (vErrors !== null) {
							if (_errs28) vErrors.length = _errs28;
							else vErrors = null;
						}
					}
				}
				if (data10.sentence !== void 0) {
					if (typeof data10.sentence !== "string") {
						const err29 = {
							instancePath: instancePath + "/outlook/sentence",
							schemaPath: "#/properties/outlook/properties/sentence/type",
							keyword: "type",
							params: { type: "string" },
							message: "must be string"
						};
						if (vErrors === null) vErrors = [err29];
						else vErrors.push(err29);
						errors++;
					}
				}
				if (data10.otherwise !== void 0) {
					if (typeof data10.otherwise !== "string") {
						const err30 = {
							instancePath: instancePath + "/outlook/otherwise",
							schemaPath: "#/properties/outlook/properties/otherwise/type",
							keyword: "type",
							params: { type: "string" },
							message: "must be string"
						};
						if (vErrors === null) vErrors = [err30];
						else vErrors.push(err30);
						errors++;
					}
				}
			} else {
				const err31 = {
					instancePath: instancePath + "/outlook",
					schemaPath: "#/properties/outlook/type",
					keyword: "type",
					params: { type: "object" },
					message: "must be object"
				};
				if (vErrors === null) vErrors = [err31];
				else vErrors.push(err31);
				errors++;
			}
		}
	} else {
		const err32 = {
			instancePath,
			schemaPath: "#/type",
			keyword: "type",
			params: { type: "object" },
			message: "must be object"
		};
		if (vErrors === null) vErrors = [err32];
		else vErrors.push(err32);
		errors++;
	}
	validate11.errors = vErrors;
	return errors === 0;
}
const schema17 = {
	"type": "object",
	"required": [
		"id",
		"severity",
		"message",
		"why",
		"remedy"
	],
	"additionalProperties": false,
	"properties": {
		"id": {
			"type": "string",
			"pattern": "^[a-z0-9-]+/[a-z0-9-]+$"
		},
		"severity": { "enum": [
			"error",
			"warning",
			"notice"
		] },
		"message": { "type": "string" },
		"place": { "$ref": "#/definitions/place" },
		"host": { "type": "string" },
		"why": { "type": "string" },
		"remedy": { "type": "string" },
		"suggestion": {
			"type": "object",
			"required": ["place", "text"],
			"additionalProperties": false,
			"properties": {
				"place": { "$ref": "#/definitions/place" },
				"text": { "type": "string" }
			}
		},
		"page": {
			"description": "The page of the rule, relative to the root of the toolkit's repository.",
			"type": "string",
			"pattern": "^docs/rules/[a-z0-9-]+\\.md$"
		},
		"isUncertain": {
			"description": "An encrypted file could contain what is missing.",
			"type": "boolean"
		},
		"accepted": {
			"type": "object",
			"required": ["reason", "place"],
			"additionalProperties": false,
			"properties": {
				"reason": { "type": "string" },
				"until": { "type": "string" },
				"place": { "$ref": "#/definitions/place" }
			}
		}
	}
};
const func2 = Object.prototype.hasOwnProperty;
const pattern0 = /* @__PURE__ */ new RegExp("^[a-z0-9-]+/[a-z0-9-]+$", "u");
const pattern1 = /* @__PURE__ */ new RegExp("^docs/rules/[a-z0-9-]+\\.md$", "u");
function validate13(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
	let vErrors = null;
	let errors = 0;
	if (data && typeof data == "object" && !Array.isArray(data)) {
		if (data.id === void 0) {
			const err0 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "id" },
				message: "must have required property 'id'"
			};
			if (vErrors === null) vErrors = [err0];
			else vErrors.push(err0);
			errors++;
		}
		if (data.severity === void 0) {
			const err1 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "severity" },
				message: "must have required property 'severity'"
			};
			if (vErrors === null) vErrors = [err1];
			else vErrors.push(err1);
			errors++;
		}
		if (data.message === void 0) {
			const err2 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "message" },
				message: "must have required property 'message'"
			};
			if (vErrors === null) vErrors = [err2];
			else vErrors.push(err2);
			errors++;
		}
		if (data.why === void 0) {
			const err3 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "why" },
				message: "must have required property 'why'"
			};
			if (vErrors === null) vErrors = [err3];
			else vErrors.push(err3);
			errors++;
		}
		if (data.remedy === void 0) {
			const err4 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "remedy" },
				message: "must have required property 'remedy'"
			};
			if (vErrors === null) vErrors = [err4];
			else vErrors.push(err4);
			errors++;
		}
		for (const key0 in data) if (!func2.call(schema17.properties, key0)) {
			const err5 = {
				instancePath,
				schemaPath: "#/additionalProperties",
				keyword: "additionalProperties",
				params: { additionalProperty: key0 },
				message: "must NOT have additional properties"
			};
			if (vErrors === null) vErrors = [err5];
			else vErrors.push(err5);
			errors++;
		}
		if (data.id !== void 0) {
			let data0 = data.id;
			if (typeof data0 === "string") {
				if (!pattern0.test(data0)) {
					const err6 = {
						instancePath: instancePath + "/id",
						schemaPath: "#/properties/id/pattern",
						keyword: "pattern",
						params: { pattern: "^[a-z0-9-]+/[a-z0-9-]+$" },
						message: "must match pattern \"^[a-z0-9-]+/[a-z0-9-]+$\""
					};
					if (vErrors === null) vErrors = [err6];
					else vErrors.push(err6);
					errors++;
				}
			} else {
				const err7 = {
					instancePath: instancePath + "/id",
					schemaPath: "#/properties/id/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err7];
				else vErrors.push(err7);
				errors++;
			}
		}
		if (data.severity !== void 0) {
			let data1 = data.severity;
			if (!(data1 === "error" || data1 === "warning" || data1 === "notice")) {
				const err8 = {
					instancePath: instancePath + "/severity",
					schemaPath: "#/properties/severity/enum",
					keyword: "enum",
					params: { allowedValues: schema17.properties.severity.enum },
					message: "must be equal to one of the allowed values"
				};
				if (vErrors === null) vErrors = [err8];
				else vErrors.push(err8);
				errors++;
			}
		}
		if (data.message !== void 0) {
			if (typeof data.message !== "string") {
				const err9 = {
					instancePath: instancePath + "/message",
					schemaPath: "#/properties/message/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err9];
				else vErrors.push(err9);
				errors++;
			}
		}
		if (data.place !== void 0) {
			let data3 = data.place;
			if (data3 && typeof data3 == "object" && !Array.isArray(data3)) {
				if (data3.file === void 0) {
					const err10 = {
						instancePath: instancePath + "/place",
						schemaPath: "#/definitions/place/required",
						keyword: "required",
						params: { missingProperty: "file" },
						message: "must have required property 'file'"
					};
					if (vErrors === null) vErrors = [err10];
					else vErrors.push(err10);
					errors++;
				}
				if (data3.line === void 0) {
					const err11 = {
						instancePath: instancePath + "/place",
						schemaPath: "#/definitions/place/required",
						keyword: "required",
						params: { missingProperty: "line" },
						message: "must have required property 'line'"
					};
					if (vErrors === null) vErrors = [err11];
					else vErrors.push(err11);
					errors++;
				}
				if (data3.column === void 0) {
					const err12 = {
						instancePath: instancePath + "/place",
						schemaPath: "#/definitions/place/required",
						keyword: "required",
						params: { missingProperty: "column" },
						message: "must have required property 'column'"
					};
					if (vErrors === null) vErrors = [err12];
					else vErrors.push(err12);
					errors++;
				}
				for (const key1 in data3) if (!(key1 === "file" || key1 === "line" || key1 === "column" || key1 === "endLine" || key1 === "endColumn")) {
					const err13 = {
						instancePath: instancePath + "/place",
						schemaPath: "#/definitions/place/additionalProperties",
						keyword: "additionalProperties",
						params: { additionalProperty: key1 },
						message: "must NOT have additional properties"
					};
					if (vErrors === null) vErrors = [err13];
					else vErrors.push(err13);
					errors++;
				}
				if (data3.file !== void 0) {
					if (typeof data3.file !== "string") {
						const err14 = {
							instancePath: instancePath + "/place/file",
							schemaPath: "#/definitions/place/properties/file/type",
							keyword: "type",
							params: { type: "string" },
							message: "must be string"
						};
						if (vErrors === null) vErrors = [err14];
						else vErrors.push(err14);
						errors++;
					}
				}
				if (data3.line !== void 0) {
					let data5 = data3.line;
					if (!(typeof data5 == "number" && !(data5 % 1) && !isNaN(data5) && isFinite(data5))) {
						const err15 = {
							instancePath: instancePath + "/place/line",
							schemaPath: "#/definitions/place/properties/line/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err15];
						else vErrors.push(err15);
						errors++;
					}
					if (typeof data5 == "number" && isFinite(data5)) {
						if (data5 < 1 || isNaN(data5)) {
							const err16 = {
								instancePath: instancePath + "/place/line",
								schemaPath: "#/definitions/place/properties/line/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err16];
							else vErrors.push(err16);
							errors++;
						}
					}
				}
				if (data3.column !== void 0) {
					let data6 = data3.column;
					if (!(typeof data6 == "number" && !(data6 % 1) && !isNaN(data6) && isFinite(data6))) {
						const err17 = {
							instancePath: instancePath + "/place/column",
							schemaPath: "#/definitions/place/properties/column/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err17];
						else vErrors.push(err17);
						errors++;
					}
					if (typeof data6 == "number" && isFinite(data6)) {
						if (data6 < 1 || isNaN(data6)) {
							const err18 = {
								instancePath: instancePath + "/place/column",
								schemaPath: "#/definitions/place/properties/column/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err18];
							else vErrors.push(err18);
							errors++;
						}
					}
				}
				if (data3.endLine !== void 0) {
					let data7 = data3.endLine;
					if (!(typeof data7 == "number" && !(data7 % 1) && !isNaN(data7) && isFinite(data7))) {
						const err19 = {
							instancePath: instancePath + "/place/endLine",
							schemaPath: "#/definitions/place/properties/endLine/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err19];
						else vErrors.push(err19);
						errors++;
					}
					if (typeof data7 == "number" && isFinite(data7)) {
						if (data7 < 1 || isNaN(data7)) {
							const err20 = {
								instancePath: instancePath + "/place/endLine",
								schemaPath: "#/definitions/place/properties/endLine/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err20];
							else vErrors.push(err20);
							errors++;
						}
					}
				}
				if (data3.endColumn !== void 0) {
					let data8 = data3.endColumn;
					if (!(typeof data8 == "number" && !(data8 % 1) && !isNaN(data8) && isFinite(data8))) {
						const err21 = {
							instancePath: instancePath + "/place/endColumn",
							schemaPath: "#/definitions/place/properties/endColumn/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err21];
						else vErrors.push(err21);
						errors++;
					}
					if (typeof data8 == "number" && isFinite(data8)) {
						if (data8 < 1 || isNaN(data8)) {
							const err22 = {
								instancePath: instancePath + "/place/endColumn",
								schemaPath: "#/definitions/place/properties/endColumn/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 1
								},
								message: "must be >= 1"
							};
							if (vErrors === null) vErrors = [err22];
							else vErrors.push(err22);
							errors++;
						}
					}
				}
			} else {
				const err23 = {
					instancePath: instancePath + "/place",
					schemaPath: "#/definitions/place/type",
					keyword: "type",
					params: { type: "object" },
					message: "must be object"
				};
				if (vErrors === null) vErrors = [err23];
				else vErrors.push(err23);
				errors++;
			}
		}
		if (data.host !== void 0) {
			if (typeof data.host !== "string") {
				const err24 = {
					instancePath: instancePath + "/host",
					schemaPath: "#/properties/host/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err24];
				else vErrors.push(err24);
				errors++;
			}
		}
		if (data.why !== void 0) {
			if (typeof data.why !== "string") {
				const err25 = {
					instancePath: instancePath + "/why",
					schemaPath: "#/properties/why/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err25];
				else vErrors.push(err25);
				errors++;
			}
		}
		if (data.remedy !== void 0) {
			if (typeof data.remedy !== "string") {
				const err26 = {
					instancePath: instancePath + "/remedy",
					schemaPath: "#/properties/remedy/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err26];
				else vErrors.push(err26);
				errors++;
			}
		}
		if (data.suggestion !== void 0) {
			let data12 = data.suggestion;
			if (data12 && typeof data12 == "object" && !Array.isArray(data12)) {
				if (data12.place === void 0) {
					const err27 = {
						instancePath: instancePath + "/suggestion",
						schemaPath: "#/properties/suggestion/required",
						keyword: "required",
						params: { missingProperty: "place" },
						message: "must have required property 'place'"
					};
					if (vErrors === null) vErrors = [err27];
					else vErrors.push(err27);
					errors++;
				}
				if (data12.text === void 0) {
					const err28 = {
						instancePath: instancePath + "/suggestion",
						schemaPath: "#/properties/suggestion/required",
						keyword: "required",
						params: { missingProperty: "text" },
						message: "must have required property 'text'"
					};
					if (vErrors === null) vErrors = [err28];
					else vErrors.push(err28);
					errors++;
				}
				for (const key2 in data12) if (!(key2 === "place" || key2 === "text")) {
					const err29 = {
						instancePath: instancePath + "/suggestion",
						schemaPath: "#/properties/suggestion/additionalProperties",
						keyword: "additionalProperties",
						params: { additionalProperty: key2 },
						message: "must NOT have additional properties"
					};
					if (vErrors === null) vErrors = [err29];
					else vErrors.push(err29);
					errors++;
				}
				if (data12.place !== void 0) {
					let data13 = data12.place;
					if (data13 && typeof data13 == "object" && !Array.isArray(data13)) {
						if (data13.file === void 0) {
							const err30 = {
								instancePath: instancePath + "/suggestion/place",
								schemaPath: "#/definitions/place/required",
								keyword: "required",
								params: { missingProperty: "file" },
								message: "must have required property 'file'"
							};
							if (vErrors === null) vErrors = [err30];
							else vErrors.push(err30);
							errors++;
						}
						if (data13.line === void 0) {
							const err31 = {
								instancePath: instancePath + "/suggestion/place",
								schemaPath: "#/definitions/place/required",
								keyword: "required",
								params: { missingProperty: "line" },
								message: "must have required property 'line'"
							};
							if (vErrors === null) vErrors = [err31];
							else vErrors.push(err31);
							errors++;
						}
						if (data13.column === void 0) {
							const err32 = {
								instancePath: instancePath + "/suggestion/place",
								schemaPath: "#/definitions/place/required",
								keyword: "required",
								params: { missingProperty: "column" },
								message: "must have required property 'column'"
							};
							if (vErrors === null) vErrors = [err32];
							else vErrors.push(err32);
							errors++;
						}
						for (const key3 in data13) if (!(key3 === "file" || key3 === "line" || key3 === "column" || key3 === "endLine" || key3 === "endColumn")) {
							const err33 = {
								instancePath: instancePath + "/suggestion/place",
								schemaPath: "#/definitions/place/additionalProperties",
								keyword: "additionalProperties",
								params: { additionalProperty: key3 },
								message: "must NOT have additional properties"
							};
							if (vErrors === null) vErrors = [err33];
							else vErrors.push(err33);
							errors++;
						}
						if (data13.file !== void 0) {
							if (typeof data13.file !== "string") {
								const err34 = {
									instancePath: instancePath + "/suggestion/place/file",
									schemaPath: "#/definitions/place/properties/file/type",
									keyword: "type",
									params: { type: "string" },
									message: "must be string"
								};
								if (vErrors === null) vErrors = [err34];
								else vErrors.push(err34);
								errors++;
							}
						}
						if (data13.line !== void 0) {
							let data15 = data13.line;
							if (!(typeof data15 == "number" && !(data15 % 1) && !isNaN(data15) && isFinite(data15))) {
								const err35 = {
									instancePath: instancePath + "/suggestion/place/line",
									schemaPath: "#/definitions/place/properties/line/type",
									keyword: "type",
									params: { type: "integer" },
									message: "must be integer"
								};
								if (vErrors === null) vErrors = [err35];
								else vErrors.push(err35);
								errors++;
							}
							if (typeof data15 == "number" && isFinite(data15)) {
								if (data15 < 1 || isNaN(data15)) {
									const err36 = {
										instancePath: instancePath + "/suggestion/place/line",
										schemaPath: "#/definitions/place/properties/line/minimum",
										keyword: "minimum",
										params: {
											comparison: ">=",
											limit: 1
										},
										message: "must be >= 1"
									};
									if (vErrors === null) vErrors = [err36];
									else vErrors.push(err36);
									errors++;
								}
							}
						}
						if (data13.column !== void 0) {
							let data16 = data13.column;
							if (!(typeof data16 == "number" && !(data16 % 1) && !isNaN(data16) && isFinite(data16))) {
								const err37 = {
									instancePath: instancePath + "/suggestion/place/column",
									schemaPath: "#/definitions/place/properties/column/type",
									keyword: "type",
									params: { type: "integer" },
									message: "must be integer"
								};
								if (vErrors === null) vErrors = [err37];
								else vErrors.push(err37);
								errors++;
							}
							if (typeof data16 == "number" && isFinite(data16)) {
								if (data16 < 1 || isNaN(data16)) {
									const err38 = {
										instancePath: instancePath + "/suggestion/place/column",
										schemaPath: "#/definitions/place/properties/column/minimum",
										keyword: "minimum",
										params: {
											comparison: ">=",
											limit: 1
										},
										message: "must be >= 1"
									};
									if (vErrors === null) vErrors = [err38];
									else vErrors.push(err38);
									errors++;
								}
							}
						}
						if (data13.endLine !== void 0) {
							let data17 = data13.endLine;
							if (!(typeof data17 == "number" && !(data17 % 1) && !isNaN(data17) && isFinite(data17))) {
								const err39 = {
									instancePath: instancePath + "/suggestion/place/endLine",
									schemaPath: "#/definitions/place/properties/endLine/type",
									keyword: "type",
									params: { type: "integer" },
									message: "must be integer"
								};
								if (vErrors === null) vErrors = [err39];
								else vErrors.push(err39);
								errors++;
							}
							if (typeof data17 == "number" && isFinite(data17)) {
								if (data17 < 1 || isNaN(data17)) {
									const err40 = {
										instancePath: instancePath + "/suggestion/place/endLine",
										schemaPath: "#/definitions/place/properties/endLine/minimum",
										keyword: "minimum",
										params: {
											comparison: ">=",
											limit: 1
										},
										message: "must be >= 1"
									};
									if (vErrors === null) vErrors = [err40];
									else vErrors.push(err40);
									errors++;
								}
							}
						}
						if (data13.endColumn !== void 0) {
							let data18 = data13.endColumn;
							if (!(typeof data18 == "number" && !(data18 % 1) && !isNaN(data18) && isFinite(data18))) {
								const err41 = {
									instancePath: instancePath + "/suggestion/place/endColumn",
									schemaPath: "#/definitions/place/properties/endColumn/type",
									keyword: "type",
									params: { type: "integer" },
									message: "must be integer"
								};
								if (vErrors === null) vErrors = [err41];
								else vErrors.push(err41);
								errors++;
							}
							if (typeof data18 == "number" && isFinite(data18)) {
								if (data18 < 1 || isNaN(data18)) {
									const err42 = {
										instancePath: instancePath + "/suggestion/place/endColumn",
										schemaPath: "#/definitions/place/properties/endColumn/minimum",
										keyword: "minimum",
										params: {
											comparison: ">=",
											limit: 1
										},
										message: "must be >= 1"
									};
									if (vErrors === null) vErrors = [err42];
									else vErrors.push(err42);
									errors++;
								}
							}
						}
					} else {
						const err43 = {
							instancePath: instancePath + "/suggestion/place",
							schemaPath: "#/definitions/place/type",
							keyword: "type",
							params: { type: "object" },
							message: "must be object"
						};
						if (vErrors === null) vErrors = [err43];
						else vErrors.push(err43);
						errors++;
					}
				}
				if (data12.text !== void 0) {
					if (typeof data12.text !== "string") {
						const err44 = {
							instancePath: instancePath + "/suggestion/text",
							schemaPath: "#/properties/suggestion/properties/text/type",
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
					instancePath: instancePath + "/suggestion",
					schemaPath: "#/properties/suggestion/type",
					keyword: "type",
					params: { type: "object" },
					message: "must be object"
				};
				if (vErrors === null) vErrors = [err45];
				else vErrors.push(err45);
				errors++;
			}
		}
		if (data.page !== void 0) {
			let data20 = data.page;
			if (typeof data20 === "string") {
				if (!pattern1.test(data20)) {
					const err46 = {
						instancePath: instancePath + "/page",
						schemaPath: "#/properties/page/pattern",
						keyword: "pattern",
						params: { pattern: "^docs/rules/[a-z0-9-]+\\.md$" },
						message: "must match pattern \"^docs/rules/[a-z0-9-]+\\.md$\""
					};
					if (vErrors === null) vErrors = [err46];
					else vErrors.push(err46);
					errors++;
				}
			} else {
				const err47 = {
					instancePath: instancePath + "/page",
					schemaPath: "#/properties/page/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err47];
				else vErrors.push(err47);
				errors++;
			}
		}
		if (data.isUncertain !== void 0) {
			if (typeof data.isUncertain !== "boolean") {
				const err48 = {
					instancePath: instancePath + "/isUncertain",
					schemaPath: "#/properties/isUncertain/type",
					keyword: "type",
					params: { type: "boolean" },
					message: "must be boolean"
				};
				if (vErrors === null) vErrors = [err48];
				else vErrors.push(err48);
				errors++;
			}
		}
		if (data.accepted !== void 0) {
			let data22 = data.accepted;
			if (data22 && typeof data22 == "object" && !Array.isArray(data22)) {
				if (data22.reason === void 0) {
					const err49 = {
						instancePath: instancePath + "/accepted",
						schemaPath: "#/properties/accepted/required",
						keyword: "required",
						params: { missingProperty: "reason" },
						message: "must have required property 'reason'"
					};
					if (vErrors === null) vErrors = [err49];
					else vErrors.push(err49);
					errors++;
				}
				if (data22.place === void 0) {
					const err50 = {
						instancePath: instancePath + "/accepted",
						schemaPath: "#/properties/accepted/required",
						keyword: "required",
						params: { missingProperty: "place" },
						message: "must have required property 'place'"
					};
					if (vErrors === null) vErrors = [err50];
					else vErrors.push(err50);
					errors++;
				}
				for (const key4 in data22) if (!(key4 === "reason" || key4 === "until" || key4 === "place")) {
					const err51 = {
						instancePath: instancePath + "/accepted",
						schemaPath: "#/properties/accepted/additionalProperties",
						keyword: "additionalProperties",
						params: { additionalProperty: key4 },
						message: "must NOT have additional properties"
					};
					if (vErrors === null) vErrors = [err51];
					else vErrors.push(err51);
					errors++;
				}
				if (data22.reason !== void 0) {
					if (typeof data22.reason !== "string") {
						const err52 = {
							instancePath: instancePath + "/accepted/reason",
							schemaPath: "#/properties/accepted/properties/reason/type",
							keyword: "type",
							params: { type: "string" },
							message: "must be string"
						};
						if (vErrors === null) vErrors = [err52];
						else vErrors.push(err52);
						errors++;
					}
				}
				if (data22.until !== void 0) {
					if (typeof data22.until !== "string") {
						const err53 = {
							instancePath: instancePath + "/accepted/until",
							schemaPath: "#/properties/accepted/properties/until/type",
							keyword: "type",
							params: { type: "string" },
							message: "must be string"
						};
						if (vErrors === null) vErrors = [err53];
						else vErrors.push(err53);
						errors++;
					}
				}
				if (data22.place !== void 0) {
					let data25 = data22.place;
					if (data25 && typeof data25 == "object" && !Array.isArray(data25)) {
						if (data25.file === void 0) {
							const err54 = {
								instancePath: instancePath + "/accepted/place",
								schemaPath: "#/definitions/place/required",
								keyword: "required",
								params: { missingProperty: "file" },
								message: "must have required property 'file'"
							};
							if (vErrors === null) vErrors = [err54];
							else vErrors.push(err54);
							errors++;
						}
						if (data25.line === void 0) {
							const err55 = {
								instancePath: instancePath + "/accepted/place",
								schemaPath: "#/definitions/place/required",
								keyword: "required",
								params: { missingProperty: "line" },
								message: "must have required property 'line'"
							};
							if (vErrors === null) vErrors = [err55];
							else vErrors.push(err55);
							errors++;
						}
						if (data25.column === void 0) {
							const err56 = {
								instancePath: instancePath + "/accepted/place",
								schemaPath: "#/definitions/place/required",
								keyword: "required",
								params: { missingProperty: "column" },
								message: "must have required property 'column'"
							};
							if (vErrors === null) vErrors = [err56];
							else vErrors.push(err56);
							errors++;
						}
						for (const key5 in data25) if (!(key5 === "file" || key5 === "line" || key5 === "column" || key5 === "endLine" || key5 === "endColumn")) {
							const err57 = {
								instancePath: instancePath + "/accepted/place",
								schemaPath: "#/definitions/place/additionalProperties",
								keyword: "additionalProperties",
								params: { additionalProperty: key5 },
								message: "must NOT have additional properties"
							};
							if (vErrors === null) vErrors = [err57];
							else vErrors.push(err57);
							errors++;
						}
						if (data25.file !== void 0) {
							if (typeof data25.file !== "string") {
								const err58 = {
									instancePath: instancePath + "/accepted/place/file",
									schemaPath: "#/definitions/place/properties/file/type",
									keyword: "type",
									params: { type: "string" },
									message: "must be string"
								};
								if (vErrors === null) vErrors = [err58];
								else vErrors.push(err58);
								errors++;
							}
						}
						if (data25.line !== void 0) {
							let data27 = data25.line;
							if (!(typeof data27 == "number" && !(data27 % 1) && !isNaN(data27) && isFinite(data27))) {
								const err59 = {
									instancePath: instancePath + "/accepted/place/line",
									schemaPath: "#/definitions/place/properties/line/type",
									keyword: "type",
									params: { type: "integer" },
									message: "must be integer"
								};
								if (vErrors === null) vErrors = [err59];
								else vErrors.push(err59);
								errors++;
							}
							if (typeof data27 == "number" && isFinite(data27)) {
								if (data27 < 1 || isNaN(data27)) {
									const err60 = {
										instancePath: instancePath + "/accepted/place/line",
										schemaPath: "#/definitions/place/properties/line/minimum",
										keyword: "minimum",
										params: {
											comparison: ">=",
											limit: 1
										},
										message: "must be >= 1"
									};
									if (vErrors === null) vErrors = [err60];
									else vErrors.push(err60);
									errors++;
								}
							}
						}
						if (data25.column !== void 0) {
							let data28 = data25.column;
							if (!(typeof data28 == "number" && !(data28 % 1) && !isNaN(data28) && isFinite(data28))) {
								const err61 = {
									instancePath: instancePath + "/accepted/place/column",
									schemaPath: "#/definitions/place/properties/column/type",
									keyword: "type",
									params: { type: "integer" },
									message: "must be integer"
								};
								if (vErrors === null) vErrors = [err61];
								else vErrors.push(err61);
								errors++;
							}
							if (typeof data28 == "number" && isFinite(data28)) {
								if (data28 < 1 || isNaN(data28)) {
									const err62 = {
										instancePath: instancePath + "/accepted/place/column",
										schemaPath: "#/definitions/place/properties/column/minimum",
										keyword: "minimum",
										params: {
											comparison: ">=",
											limit: 1
										},
										message: "must be >= 1"
									};
									if (vErrors === null) vErrors = [err62];
									else vErrors.push(err62);
									errors++;
								}
							}
						}
						if (data25.endLine !== void 0) {
							let data29 = data25.endLine;
							if (!(typeof data29 == "number" && !(data29 % 1) && !isNaN(data29) && isFinite(data29))) {
								const err63 = {
									instancePath: instancePath + "/accepted/place/endLine",
									schemaPath: "#/definitions/place/properties/endLine/type",
									keyword: "type",
									params: { type: "integer" },
									message: "must be integer"
								};
								if (vErrors === null) vErrors = [err63];
								else vErrors.push(err63);
								errors++;
							}
							if (typeof data29 == "number" && isFinite(data29)) {
								if (data29 < 1 || isNaN(data29)) {
									const err64 = {
										instancePath: instancePath + "/accepted/place/endLine",
										schemaPath: "#/definitions/place/properties/endLine/minimum",
										keyword: "minimum",
										params: {
											comparison: ">=",
											limit: 1
										},
										message: "must be >= 1"
									};
									if (vErrors === null) vErrors = [err64];
									else vErrors.push(err64);
									errors++;
								}
							}
						}
						if (data25.endColumn !== void 0) {
							let data30 = data25.endColumn;
							if (!(typeof data30 == "number" && !(data30 % 1) && !isNaN(data30) && isFinite(data30))) {
								const err65 = {
									instancePath: instancePath + "/accepted/place/endColumn",
									schemaPath: "#/definitions/place/properties/endColumn/type",
									keyword: "type",
									params: { type: "integer" },
									message: "must be integer"
								};
								if (vErrors === null) vErrors = [err65];
								else vErrors.push(err65);
								errors++;
							}
							if (typeof data30 == "number" && isFinite(data30)) {
								if (data30 < 1 || isNaN(data30)) {
									const err66 = {
										instancePath: instancePath + "/accepted/place/endColumn",
										schemaPath: "#/definitions/place/properties/endColumn/minimum",
										keyword: "minimum",
										params: {
											comparison: ">=",
											limit: 1
										},
										message: "must be >= 1"
									};
									if (vErrors === null) vErrors = [err66];
									else vErrors.push(err66);
									errors++;
								}
							}
						}
					} else {
						const err67 = {
							instancePath: instancePath + "/accepted/place",
							schemaPath: "#/definitions/place/type",
							keyword: "type",
							params: { type: "object" },
							message: "must be object"
						};
						if (vErrors === null) vErrors = [err67];
						else vErrors.push(err67);
						errors++;
					}
				}
			} else {
				const err68 = {
					instancePath: instancePath + "/accepted",
					schemaPath: "#/properties/accepted/type",
					keyword: "type",
					params: { type: "object" },
					message: "must be object"
				};
				if (vErrors === null) vErrors = [err68];
				else vErrors.push(err68);
				errors++;
			}
		}
	} else {
		const err69 = {
			instancePath,
			schemaPath: "#/type",
			keyword: "type",
			params: { type: "object" },
			message: "must be object"
		};
		if (vErrors === null) vErrors = [err69];
		else vErrors.push(err69);
		errors++;
	}
	validate13.errors = vErrors;
	return errors === 0;
}
function validate10(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
	let vErrors = null;
	let errors = 0;
	if (data && typeof data == "object" && !Array.isArray(data)) {
		if (data.$schema === void 0) {
			const err0 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "$schema" },
				message: "must have required property '$schema'"
			};
			if (vErrors === null) vErrors = [err0];
			else vErrors.push(err0);
			errors++;
		}
		if (data.version === void 0) {
			const err1 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "version" },
				message: "must have required property 'version'"
			};
			if (vErrors === null) vErrors = [err1];
			else vErrors.push(err1);
			errors++;
		}
		if (data.counts === void 0) {
			const err2 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "counts" },
				message: "must have required property 'counts'"
			};
			if (vErrors === null) vErrors = [err2];
			else vErrors.push(err2);
			errors++;
		}
		if (data.hosts === void 0) {
			const err3 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "hosts" },
				message: "must have required property 'hosts'"
			};
			if (vErrors === null) vErrors = [err3];
			else vErrors.push(err3);
			errors++;
		}
		if (data.findings === void 0) {
			const err4 = {
				instancePath,
				schemaPath: "#/required",
				keyword: "required",
				params: { missingProperty: "findings" },
				message: "must have required property 'findings'"
			};
			if (vErrors === null) vErrors = [err4];
			else vErrors.push(err4);
			errors++;
		}
		for (const key0 in data) if (!(key0 === "$schema" || key0 === "version" || key0 === "counts" || key0 === "hosts" || key0 === "findings" || key0 === "appliedByHand")) {
			const err5 = {
				instancePath,
				schemaPath: "#/additionalProperties",
				keyword: "additionalProperties",
				params: { additionalProperty: key0 },
				message: "must NOT have additional properties"
			};
			if (vErrors === null) vErrors = [err5];
			else vErrors.push(err5);
			errors++;
		}
		if (data.$schema !== void 0) {
			if (typeof data.$schema !== "string") {
				const err6 = {
					instancePath: instancePath + "/$schema",
					schemaPath: "#/properties/%24schema/type",
					keyword: "type",
					params: { type: "string" },
					message: "must be string"
				};
				if (vErrors === null) vErrors = [err6];
				else vErrors.push(err6);
				errors++;
			}
		}
		if (data.version !== void 0) {
			if (1 !== data.version) {
				const err7 = {
					instancePath: instancePath + "/version",
					schemaPath: "#/properties/version/const",
					keyword: "const",
					params: { allowedValue: 1 },
					message: "must be equal to constant"
				};
				if (vErrors === null) vErrors = [err7];
				else vErrors.push(err7);
				errors++;
			}
		}
		if (data.counts !== void 0) {
			let data2 = data.counts;
			if (data2 && typeof data2 == "object" && !Array.isArray(data2)) {
				if (data2.error === void 0) {
					const err8 = {
						instancePath: instancePath + "/counts",
						schemaPath: "#/properties/counts/required",
						keyword: "required",
						params: { missingProperty: "error" },
						message: "must have required property 'error'"
					};
					if (vErrors === null) vErrors = [err8];
					else vErrors.push(err8);
					errors++;
				}
				if (data2.warning === void 0) {
					const err9 = {
						instancePath: instancePath + "/counts",
						schemaPath: "#/properties/counts/required",
						keyword: "required",
						params: { missingProperty: "warning" },
						message: "must have required property 'warning'"
					};
					if (vErrors === null) vErrors = [err9];
					else vErrors.push(err9);
					errors++;
				}
				if (data2.notice === void 0) {
					const err10 = {
						instancePath: instancePath + "/counts",
						schemaPath: "#/properties/counts/required",
						keyword: "required",
						params: { missingProperty: "notice" },
						message: "must have required property 'notice'"
					};
					if (vErrors === null) vErrors = [err10];
					else vErrors.push(err10);
					errors++;
				}
				if (data2.accepted === void 0) {
					const err11 = {
						instancePath: instancePath + "/counts",
						schemaPath: "#/properties/counts/required",
						keyword: "required",
						params: { missingProperty: "accepted" },
						message: "must have required property 'accepted'"
					};
					if (vErrors === null) vErrors = [err11];
					else vErrors.push(err11);
					errors++;
				}
				for (const key1 in data2) if (!(key1 === "error" || key1 === "warning" || key1 === "notice" || key1 === "accepted")) {
					const err12 = {
						instancePath: instancePath + "/counts",
						schemaPath: "#/properties/counts/additionalProperties",
						keyword: "additionalProperties",
						params: { additionalProperty: key1 },
						message: "must NOT have additional properties"
					};
					if (vErrors === null) vErrors = [err12];
					else vErrors.push(err12);
					errors++;
				}
				if (data2.error !== void 0) {
					let data3 = data2.error;
					if (!(typeof data3 == "number" && !(data3 % 1) && !isNaN(data3) && isFinite(data3))) {
						const err13 = {
							instancePath: instancePath + "/counts/error",
							schemaPath: "#/properties/counts/properties/error/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err13];
						else vErrors.push(err13);
						errors++;
					}
					if (typeof data3 == "number" && isFinite(data3)) {
						if (data3 < 0 || isNaN(data3)) {
							const err14 = {
								instancePath: instancePath + "/counts/error",
								schemaPath: "#/properties/counts/properties/error/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 0
								},
								message: "must be >= 0"
							};
							if (vErrors === null) vErrors = [err14];
							else vErrors.push(err14);
							errors++;
						}
					}
				}
				if (data2.warning !== void 0) {
					let data4 = data2.warning;
					if (!(typeof data4 == "number" && !(data4 % 1) && !isNaN(data4) && isFinite(data4))) {
						const err15 = {
							instancePath: instancePath + "/counts/warning",
							schemaPath: "#/properties/counts/properties/warning/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err15];
						else vErrors.push(err15);
						errors++;
					}
					if (typeof data4 == "number" && isFinite(data4)) {
						if (data4 < 0 || isNaN(data4)) {
							const err16 = {
								instancePath: instancePath + "/counts/warning",
								schemaPath: "#/properties/counts/properties/warning/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 0
								},
								message: "must be >= 0"
							};
							if (vErrors === null) vErrors = [err16];
							else vErrors.push(err16);
							errors++;
						}
					}
				}
				if (data2.notice !== void 0) {
					let data5 = data2.notice;
					if (!(typeof data5 == "number" && !(data5 % 1) && !isNaN(data5) && isFinite(data5))) {
						const err17 = {
							instancePath: instancePath + "/counts/notice",
							schemaPath: "#/properties/counts/properties/notice/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err17];
						else vErrors.push(err17);
						errors++;
					}
					if (typeof data5 == "number" && isFinite(data5)) {
						if (data5 < 0 || isNaN(data5)) {
							const err18 = {
								instancePath: instancePath + "/counts/notice",
								schemaPath: "#/properties/counts/properties/notice/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 0
								},
								message: "must be >= 0"
							};
							if (vErrors === null) vErrors = [err18];
							else vErrors.push(err18);
							errors++;
						}
					}
				}
				if (data2.accepted !== void 0) {
					let data6 = data2.accepted;
					if (!(typeof data6 == "number" && !(data6 % 1) && !isNaN(data6) && isFinite(data6))) {
						const err19 = {
							instancePath: instancePath + "/counts/accepted",
							schemaPath: "#/properties/counts/properties/accepted/type",
							keyword: "type",
							params: { type: "integer" },
							message: "must be integer"
						};
						if (vErrors === null) vErrors = [err19];
						else vErrors.push(err19);
						errors++;
					}
					if (typeof data6 == "number" && isFinite(data6)) {
						if (data6 < 0 || isNaN(data6)) {
							const err20 = {
								instancePath: instancePath + "/counts/accepted",
								schemaPath: "#/properties/counts/properties/accepted/minimum",
								keyword: "minimum",
								params: {
									comparison: ">=",
									limit: 0
								},
								message: "must be >= 0"
							};
							if (vErrors === null) vErrors = [err20];
							else vErrors.push(err20);
							errors++;
						}
					}
				}
			} else {
				const err21 = {
					instancePath: instancePath + "/counts",
					schemaPath: "#/properties/counts/type",
					keyword: "type",
					params: { type: "object" },
					message: "must be object"
				};
				if (vErrors === null) vErrors = [err21];
				else vErrors.push(err21);
				errors++;
			}
		}
		if (data.hosts !== void 0) {
			let data7 = data.hosts;
			if (Array.isArray(data7)) {
				const len0 = data7.length;
				for (let i0 = 0; i0 < len0; i0++) if (!validate11(data7[i0], {
					instancePath: instancePath + "/hosts/" + i0,
					parentData: data7,
					parentDataProperty: i0,
					rootData
				})) {
					vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
					errors = vErrors.length;
				}
			} else {
				const err22 = {
					instancePath: instancePath + "/hosts",
					schemaPath: "#/properties/hosts/type",
					keyword: "type",
					params: { type: "array" },
					message: "must be array"
				};
				if (vErrors === null) vErrors = [err22];
				else vErrors.push(err22);
				errors++;
			}
		}
		if (data.findings !== void 0) {
			let data9 = data.findings;
			if (Array.isArray(data9)) {
				const len1 = data9.length;
				for (let i1 = 0; i1 < len1; i1++) if (!validate13(data9[i1], {
					instancePath: instancePath + "/findings/" + i1,
					parentData: data9,
					parentDataProperty: i1,
					rootData
				})) {
					vErrors = vErrors === null ? validate13.errors : vErrors.concat(validate13.errors);
					errors = vErrors.length;
				}
			} else {
				const err23 = {
					instancePath: instancePath + "/findings",
					schemaPath: "#/properties/findings/type",
					keyword: "type",
					params: { type: "array" },
					message: "must be array"
				};
				if (vErrors === null) vErrors = [err23];
				else vErrors.push(err23);
				errors++;
			}
		}
		if (data.appliedByHand !== void 0) {
			if (typeof data.appliedByHand !== "boolean") {
				const err24 = {
					instancePath: instancePath + "/appliedByHand",
					schemaPath: "#/properties/appliedByHand/type",
					keyword: "type",
					params: { type: "boolean" },
					message: "must be boolean"
				};
				if (vErrors === null) vErrors = [err24];
				else vErrors.push(err24);
				errors++;
			}
		}
	} else {
		const err25 = {
			instancePath,
			schemaPath: "#/type",
			keyword: "type",
			params: { type: "object" },
			message: "must be object"
		};
		if (vErrors === null) vErrors = [err25];
		else vErrors.push(err25);
		errors++;
	}
	validate10.errors = vErrors;
	return errors === 0;
}

// src/actions/publish/reports.ts
const largest = 5e7;
const artifacts = {
	validate: /^matrix-auth-(?:check|plan)$/,
	rehearsal: /^matrix-auth-rehearsal-/,
	doctor: /^matrix-auth-doctor$/,
	outcome: /^matrix-auth-(?:plan$|apply-)/
};
function readReports(folder) {
	const [validation] = readAll(folder, "validate", validate);
	const rehearsals = readAll(folder, "rehearsal", validate$1);
	const healths = readAll(folder, "doctor", validate$3);
	const outcomes = readAll(folder, "outcome", validate$2);
	return {
		...validation && { validation },
		...rehearsals.length > 0 && { rehearsal: rehearsals.flatMap(({ hosts }) => hosts) },
		...healths.length > 0 && { doctor: together(healths) },
		...outcomes.length > 0 && { outcomes: outcomes.flatMap((each) => each.outcomes) }
	};
}
function together(healths) {
	const inventories = healths.map(({ inventory }) => inventory);
	return {
		hosts: healths.flatMap(({ hosts }) => hosts),
		...inventories.every((names) => names !== void 0) && { inventory: inventories.flat() }
	};
}
function readAll(folder, name, fits) {
	return [folder, ...namesIn(folder).filter((each) => artifacts[name].test(each)).map((each) => join(folder, each))].flatMap((each) => namesIn(each).filter((file) => file === `${name}.json` || file.startsWith(`${name}-`) && file.endsWith(".json")).map((file) => readReport(join(each, file), fits)));
}
function namesIn(folder) {
	return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder).sort() : [];
}
function readReport(path, fits) {
	if (statSync(path).size > largest) throw tooLarge(path);
	try {
		const value = JSON.parse(readFileSync(path, "utf8"));
		if (fits(value)) return value;
	} catch {}
	throw new ToolkitError({
		reason: "input-invalid",
		what: `The report ${basename(path)} does not match its schema.`,
		where: path,
		remedy: "Use the same release of matrix-auth-actions in all jobs. Read the log of the job that wrote the file."
	});
}
function tooLarge(path) {
	return new ToolkitError({
		reason: "input-invalid",
		what: `The report ${basename(path)} is larger than ${largest / 1e6} MB.`,
		where: path,
		remedy: "Read the log of the job that wrote the file. If it is about that many hosts, split the inventory into several repositories."
	});
}

// src/github/reviews.ts
async function reviewLines(client, number, commit, { marker, body, comments }) {
	const { owner, repo, request } = client;
	if (comments.length === 0) return 0;
	return describeApiErrors(`suggest changes on #${number}`, async () => {
		const present = await presentComments(client, number, marker);
		const added = comments.filter((comment) => !present.has(keyOf(comment.file, comment.lastLine, comment.body)));
		if (added.length === 0) return 0;
		await request("POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews", {
			owner,
			repo,
			pull_number: number,
			commit_id: commit,
			event: "COMMENT",
			body,
			comments: added.map(({ file, firstLine, lastLine, body: text }) => ({
				path: file,
				line: lastLine,
				side: "RIGHT",
				...firstLine < lastLine && {
					start_line: firstLine,
					start_side: "RIGHT"
				},
				body: text
			}))
		});
		return added.length;
	});
}
const keyOf = (file, line, body) => JSON.stringify([
	file,
	line,
	body
]);
async function presentComments({ owner, repo, request, ownLogin }, number, marker) {
	const present = /* @__PURE__ */ new Set();
	const login = await ownLogin();
	for (let page = 1;; page += 1) {
		const { data } = await request("GET /repos/{owner}/{repo}/pulls/{pull_number}/comments", {
			owner,
			repo,
			pull_number: number,
			per_page: 100,
			page
		});
		for (const comment of data) if (isOurs(comment, marker, login) && comment.line) present.add(keyOf(comment.path, comment.line, comment.body));
		if (data.length < 100) return present;
	}
}

// src/actions/publish/suggestions.ts
const name = "matrix-auth-actions: suggestion";
const most = 30;
async function suggestFixes(client, number, commit, findings, log) {
	let changedFiles = /* @__PURE__ */ new Map();
	try {
		changedFiles = await linesInDiff(client, number);
		const comments = commentsFor(findings, changedFiles);
		if (commit === void 0) return {
			changedFiles,
			suggested: /* @__PURE__ */ new Set()
		};
		const body = renderMarkdown([paragraph("These fixes are certain. Commit them here, or edit the lines in another way.")]);
		const review = {
			marker: markerLine(name),
			body,
			comments: [...comments.values()]
		};
		const added = await reviewLines(client, number, commit, review);
		if (added > 0) log(`Suggested changes on #${number}: ${added}.`);
		return {
			changedFiles,
			suggested: new Set(comments.keys())
		};
	} catch (error) {
		if (!(error instanceof ToolkitError)) throw error;
		log(`${error.message} The comment has the fixes instead.`);
		return {
			changedFiles,
			suggested: /* @__PURE__ */ new Set()
		};
	}
}
function commentsFor(findings, files) {
	const comments = /* @__PURE__ */ new Map();
	for (const finding of openFindings(findings)) {
		const comment = commentFor(finding, files);
		if (comment && comments.size < most) comments.set(finding, comment);
	}
	return comments;
}
function commentFor(finding, files) {
	const { suggestion, message, id } = finding;
	const change = suggestion && diffSuggestion(suggestion, files);
	const text = change && markdownSuggestion(change.lines);
	if (!change || text === void 0) return void 0;
	const { file, firstLine, lastLine } = change;
	return {
		file,
		firstLine,
		lastLine,
		body: `${renderMarkdown([marker(name), paragraph(`${message} `, code(id))])}\n\n${text}`
	};
}

// src/actions/publish/action.ts
const publish = defineAction({
	inputs: inputTable,
	run
});
async function run(inputs, runtime) {
	const { environment, log } = runtime;
	const reports = readReports(reportFolder(inputs, runtime));
	const client = createGitHubClient({
		...repositoryOf(environment),
		token: inputs.githubToken
	});
	const event = environment.GITHUB_EVENT_NAME;
	if (event === "push") return log(await commentOnMerged(client, environment, reports));
	if (isTextEdit(environment)) return log("Only the title or the text was edited: what an earlier run published stays.");
	if (isRollback(environment)) {
		const { publishRollback } = await import("./rollback.js");
		return log(await publishRollback(client, reports.outcomes ?? [], inputs, runtime));
	}
	if (inputs.pullRequest !== void 0 || headCommitOf(environment) !== void 0 || reports.validation) {
		const pullRequest = await pullRequestOf(client, environment, inputs.pullRequest);
		log(await comment(client, pullRequest, runtime, reports));
		if (event === "workflow_dispatch" && pullRequest.commit !== void 0) await setStatus(client, pullRequest.commit, rehearsalStatus(reports, runAddress(environment)));
	} else {
		const context = {
			workflow: workflowOf(environment),
			run: runAddress(environment),
			pages: pagesOf(environment),
			now: /* @__PURE__ */ new Date()
		};
		for (const line of await publishHealth(client, reports.doctor, context)) log(line);
	}
}
function rehearsalStatus({ validation, rehearsal = [] }, address) {
	const about = {
		context: "Rehearsal",
		address
	};
	if (!validation) return {
		...about,
		state: "failure",
		description: "The commit was not checked."
	};
	if (isImpossible(validation)) return {
		...about,
		state: "failure",
		description: "Not rehearsed: the commit is not ready to be merged."
	};
	const toRehearse = validation.hosts.filter(({ outlook }) => outlook.expected === "migrate").length;
	const passed = rehearsal.filter(({ verdict }) => verdict !== "would-fail" && verdict !== "failed").length;
	return {
		...about,
		state: passed === toRehearse ? "success" : "failure",
		description: `Passed on ${passed} of ${plural(toRehearse, "host")} that would migrate.`
	};
}
async function commentOnMerged(client, environment, { outcomes = [], validation }) {
	const { GITHUB_SHA: commit = "", GITHUB_RUN_ATTEMPT: attempt = "1" } = environment;
	if (attempt !== "1" && (isRefused(outcomes) || outcomes.every(({ operation }) => operation === "plan"))) return "This attempt reached no host: what was published before stays.";
	const numbers = await pullRequestsMergedBy(client, commit, pushedCommits(environment));
	if (numbers.length === 0) return `No merged pull request has the commit ${commit}: nothing is published.`;
	const body = renderOutcome([...outcomes, ...notReached(outcomes, validation)], commit, {
		run: runAddress(environment),
		review: reviewAddress(environment),
		pages: pagesOf(environment)
	});
	const lines = [];
	for (const number of numbers) lines.push(`The outcome on #${number} was ${await writeStickyComment(client, number, outcomeMarker, body)}.`);
	return lines.join("\n");
}
function isRefused(outcomes) {
	return outcomes.some(({ host }) => host === "");
}
function notReached(outcomes, validation) {
	if (isRefused(outcomes)) return [];
	const told = new Set(outcomes.map(({ host }) => host));
	const touched = validation?.hosts.filter(({ host, outlook }) => outlook.expected !== "nothing" && !told.has(host));
	const sentence = "No result: an earlier host failed, or the job was cancelled, not approved or replaced by a newer one. If GitHub lost the runner, the job may have changed the server: check its status.";
	return (touched ?? []).map(({ host }) => ({
		host,
		operation: "plan",
		ok: false,
		sentence
	}));
}
async function comment(client, { number, commit }, { environment, log }, { validation, rehearsal }) {
	const newest = commit && await headOf(client, number);
	if (newest !== commit) return `#${number} has a newer commit (${newest}), which is checked by another run: nothing is published.`;
	const run = runAddress(environment);
	if (!validation) {
		const body = renderNoVerdict(commit, run);
		return `The comment on #${number} was ${await writeStickyComment(client, number, commentMarker, body)}.`;
	}
	const pages = pagesOf(environment);
	const previous = await stickyComment(client, number, commentMarker);
	const { changedFiles, suggested } = await suggestFixes(client, number, commit, validation.findings, log);
	const parts = {
		verdict: validation,
		changedFiles,
		suggested,
		review: reviewAddress(environment),
		isDraft: isDraft(environment),
		addressOf: placeAddress(environment, number, commit, changedFiles),
		...rehearsal && { rehearsals: rehearsal },
		...commit !== void 0 && { commit },
		...pages && { pages },
		...run !== void 0 && { run },
		...previous !== void 0 && { previous }
	};
	const kept = rehearsal ? void 0 : rehearsedMarker(parts);
	return `The comment on #${number} was ${await writeStickyComment(client, number, commentMarker, renderComment(parts), kept)}.`;
}

export { publish as t };