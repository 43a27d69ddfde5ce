import { n as validateInventory, r as writeFix, t as fixed } from "./validate2.js";

export { validateInventory };