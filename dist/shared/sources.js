import { t as validationSources } from "./sources2.js";

export { validationSources };