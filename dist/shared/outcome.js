import { n as hostsMatrix, r as requireClean, t as commonValue } from "./outcome2.js";

export { commonValue, requireClean };