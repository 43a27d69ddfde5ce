import { n as validate, t as inventoryOf } from "./run.js";

export { validate };