// src/actions/cancellation.ts
function cancellation() {
	const controller = new AbortController();
	for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => controller.abort());
	return controller.signal;
}

export { cancellation as t };