import { a as runAction } from "./shared/run-action.js";
import { t as syn2masDryRun } from "./shared/action9.js";

// src/actions/syn2mas-dry-run/main.ts
await runAction(syn2masDryRun);

export {  };