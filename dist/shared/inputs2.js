import { t as validationInputs } from "./inputs3.js";

export { validationInputs };