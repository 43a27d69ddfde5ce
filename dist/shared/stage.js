// src/domain/stage.ts
const desiredStages = [
	"off",
	"prepared",
	"live",
	"unknown"
];
const actualStages = [
	"absent",
	"installed",
	"partial",
	"copied",
	"live",
	"inconsistent"
];
const deployedStage = {
	off: "absent",
	prepared: "installed",
	live: "live"
};

export { deployedStage as n, desiredStages as r, actualStages as t };