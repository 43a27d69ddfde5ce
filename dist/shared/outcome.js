import { n as hostsMatrix, r as shared, t as demandClean } from "./outcome2.js";

export { demandClean, shared };