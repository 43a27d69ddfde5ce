import { n as validationInputs, t as standardAcceptances } from "./inputs3.js";

export { validationInputs };