import { n as requireClean, r as shared, t as hostsMatrix } from "./outcome2.js";

export { requireClean, shared };