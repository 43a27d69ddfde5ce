// package.json
var version = "0.1.0";
var repository = {
	"type": "git",
	"url": "git+https://github.com/matrix-auth-actions/matrix-auth-actions.git"
};

// src/domain/toolkit.ts
const toolkitRepository = repository.url.replace(/^git\+https:\/\/github\.com\/|\.git$/g, "");
const toolkitRelease = `${toolkitRepository}@v1`;

export { version as n, toolkitRelease as t };