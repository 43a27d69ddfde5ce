import { a as runAction } from "./shared/run-action.js";
import { t as migrate } from "./shared/action5.js";

// src/actions/migrate/main.ts
await runAction(migrate);

export {  };