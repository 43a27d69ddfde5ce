// src/report/pages.ts
function pagesOf(environment) {
	const { GITHUB_SERVER_URL: server, GITHUB_ACTION_REPOSITORY: repository, GITHUB_ACTION_REF: ref } = environment;
	if (!server || !repository || !ref) return void 0;
	if (!/^https:\/\/[\w.-]+(?::\d+)?$/.test(server) || !/^[\w.-]+\/[\w.-]+$/.test(repository)) return void 0;
	return { root: `${server}/${repository}/blob/${ref.split("/").map(encodeURIComponent).join("/")}/` };
}
function pageAddress(pages, page) {
	return pages && page !== void 0 ? pages.root + page : void 0;
}

export { pagesOf as n, pageAddress as t };