import { t as asking } from "./client.js";

// src/github/issues.ts
async function findOpen(client, label) {
	const { owner, repo } = client;
	const { data } = await client.request("GET /repos/{owner}/{repo}/issues", {
		owner,
		repo,
		labels: label,
		state: "open",
		per_page: 1
	});
	return data[0]?.number;
}
async function reportTrouble(client, trouble) {
	const { owner, repo } = client;
	const { label, title, body } = trouble;
	return asking("report a trouble as an issue", async () => {
		const open = await findOpen(client, label);
		if (open === void 0) return (await client.request("POST /repos/{owner}/{repo}/issues", {
			owner,
			repo,
			title,
			body,
			labels: [label]
		})).data.number;
		await client.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
			owner,
			repo,
			issue_number: open,
			title,
			body
		});
		return open;
	});
}
async function closeTrouble(client, label, farewell) {
	const { owner, repo } = client;
	return asking("close the issue of a trouble that is over", async () => {
		const open = await findOpen(client, label);
		if (open === void 0) return void 0;
		const issue = {
			owner,
			repo,
			issue_number: open
		};
		await client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
			...issue,
			body: farewell
		});
		await client.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
			...issue,
			state: "closed"
		});
		return open;
	});
}

export { closeTrouble, reportTrouble };