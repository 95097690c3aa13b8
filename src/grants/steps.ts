export { finish, type Steps } from "../policy/steps.js";
