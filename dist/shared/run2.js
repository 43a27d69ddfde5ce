import { t as validate } from "./run.js";

export { validate };