import { t as asking } from "./client.js";

// src/github/comments.ts
const pageSize = 100;
async function findOwn(client, issue, marker) {
	const { owner, repo } = client;
	for (let page = 1;; page += 1) {
		const { data } = await client.request("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
			owner,
			repo,
			issue_number: issue,
			per_page: pageSize,
			page
		});
		const own = data.find((comment) => comment.user?.type === "Bot" && comment.body?.startsWith(marker));
		if (own) return Number(own.id);
		if (data.length < pageSize) return void 0;
	}
}
async function writeStickyComment(client, issue, marker, body) {
	if (!body.startsWith(marker)) throw new Error("a sticky comment begins with its marker");
	const { owner, repo } = client;
	return asking(`write the comment on #${issue}`, async () => {
		const own = await findOwn(client, issue, marker);
		if (own === void 0) {
			await client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
				owner,
				repo,
				issue_number: issue,
				body
			});
			return "added";
		}
		await client.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
			owner,
			repo,
			comment_id: own,
			body
		});
		return "edited";
	});
}

export { writeStickyComment };