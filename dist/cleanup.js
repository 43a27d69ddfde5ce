import { t as cleanUp } from "./shared/job-end.js";

// src/actions/cleanup/main.ts
cleanUp();

export {  };