// src/domain/clock.ts
const systemClock = {
	now: () => /* @__PURE__ */ new Date(),
	sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms))
};

export { systemClock as t };