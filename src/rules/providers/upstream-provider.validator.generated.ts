// @ts-nocheck Generated from schemas/upstream-provider.schema.json by scripts/compile-schemas.ts.
"use strict";
export const validate = validate10;

const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"https://matrix-auth-actions.example/schemas/upstream-provider.schema.json","title":"Upstream OAuth 2.0 providers of Matrix Authentication Service","description":"What matrix_authentication_service_config_upstream_oauth2_providers may hold. Source: crates/config/src/sections/upstream_oauth2.rs of Matrix Authentication Service v1.22 and before.","type":"array","items":{"$ref":"#/definitions/provider"},"definitions":{"text":{"type":["string","null"]},"switch":{"type":"boolean"},"url":{"type":["string","null"],"pattern":"^https?://[^\\s/]+"},"action":{"enum":["ignore","suggest","force","require"]},"algorithm":{"enum":["HS256","HS384","HS512","RS256","RS384","RS512","PS256","PS384","PS512","ES256","ES384","ES512","ES256K","EdDSA",null]},"template":{"type":"object","properties":{"template":{"$ref":"#/definitions/text"}},"additionalProperties":false},"claim":{"type":"object","properties":{"template":{"$ref":"#/definitions/text"},"action":{"$ref":"#/definitions/action"}},"additionalProperties":false},"provider":{"type":"object","required":["id","client_id","token_endpoint_auth_method"],"properties":{"enabled":{"$ref":"#/definitions/switch"},"id":{"type":"string","pattern":"^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$"},"synapse_idp_id":{"$ref":"#/definitions/text"},"issuer":{"$ref":"#/definitions/url"},"human_name":{"$ref":"#/definitions/text"},"brand_name":{"$ref":"#/definitions/text"},"client_id":{"type":"string","pattern":"."},"client_secret":{"$ref":"#/definitions/text"},"client_secret_file":{"$ref":"#/definitions/text"},"token_endpoint_auth_method":{"enum":["none","client_secret_basic","client_secret_post","client_secret_jwt","private_key_jwt","sign_in_with_apple"]},"token_endpoint_auth_signing_alg":{"$ref":"#/definitions/algorithm"},"sign_in_with_apple":{"type":["object","null"],"required":["team_id","key_id"],"properties":{"team_id":{"type":"string"},"key_id":{"type":"string"},"private_key":{"$ref":"#/definitions/text"},"private_key_file":{"$ref":"#/definitions/text"}},"additionalProperties":false},"id_token_signed_response_alg":{"allOf":[{"$ref":"#/definitions/algorithm"},{"type":"string"}]},"scope":{"type":"string"},"discovery_mode":{"enum":["oidc","insecure","disabled"]},"pkce_method":{"enum":["auto","always","never"]},"fetch_userinfo":{"$ref":"#/definitions/switch"},"userinfo_signed_response_alg":{"$ref":"#/definitions/algorithm"},"authorization_endpoint":{"$ref":"#/definitions/url"},"token_endpoint":{"$ref":"#/definitions/url"},"userinfo_endpoint":{"$ref":"#/definitions/url"},"jwks_uri":{"$ref":"#/definitions/url"},"response_mode":{"enum":["query","form_post",null]},"additional_authorization_parameters":{"type":"object","additionalProperties":{"type":"string"}},"forward_login_hint":{"$ref":"#/definitions/switch"},"on_backchannel_logout":{"enum":["do_nothing","logout_browser_only","logout_all"]},"registration_token_required":{"$ref":"#/definitions/switch"},"claims_imports":{"type":"object","properties":{"subject":{"$ref":"#/definitions/template"},"account_name":{"$ref":"#/definitions/template"},"skip_confirmation":{"$ref":"#/definitions/switch"},"localpart":{"type":"object","properties":{"template":{"$ref":"#/definitions/text"},"action":{"$ref":"#/definitions/action"},"on_conflict":{"enum":["fail","add","replace","set"]}},"additionalProperties":false},"displayname":{"$ref":"#/definitions/claim"},"email":{"type":"object","properties":{"template":{"$ref":"#/definitions/text"},"action":{"$ref":"#/definitions/action"},"set_email_verification":{"enum":["always","never","import"]}},"additionalProperties":false}},"additionalProperties":false}},"additionalProperties":false,"allOf":[{"if":{"required":["token_endpoint_auth_method"],"properties":{"token_endpoint_auth_method":{"enum":["client_secret_basic","client_secret_post","client_secret_jwt"]}}},"then":{"oneOf":[{"required":["client_secret"]},{"required":["client_secret_file"]}]}},{"if":{"required":["token_endpoint_auth_method"],"properties":{"token_endpoint_auth_method":{"enum":["none","private_key_jwt","sign_in_with_apple"]}}},"then":{"properties":{"client_secret":{"type":"null"},"client_secret_file":{"type":"null"}}}},{"if":{"required":["token_endpoint_auth_method"],"properties":{"token_endpoint_auth_method":{"enum":["none","client_secret_basic","client_secret_post","sign_in_with_apple"]}}},"then":{"properties":{"token_endpoint_auth_signing_alg":{"type":"null"}}}},{"if":{"required":["claims_imports"],"properties":{"claims_imports":{"type":"object","required":["skip_confirmation"],"properties":{"skip_confirmation":{"const":true}}}}},"then":{"properties":{"claims_imports":{"type":"object","required":["localpart"],"properties":{"localpart":{"type":"object","required":["action"],"properties":{"action":{"const":"require"}}},"displayname":{"type":"object","properties":{"action":{"enum":["ignore","force","require"]}}},"email":{"type":"object","properties":{"action":{"enum":["ignore","force","require"]}}}}}}}},{"if":{"required":["token_endpoint_auth_method"],"properties":{"token_endpoint_auth_method":{"enum":["client_secret_jwt","private_key_jwt"]}}},"then":{"required":["token_endpoint_auth_signing_alg"]}},{"if":{"required":["token_endpoint_auth_method"],"properties":{"token_endpoint_auth_method":{"enum":["sign_in_with_apple"]}}},"then":{"required":["sign_in_with_apple"]}},{"if":{"not":{"required":["discovery_mode"]}},"then":{"required":["issuer"]}},{"if":{"required":["discovery_mode"],"properties":{"discovery_mode":{"enum":["oidc","insecure"]}}},"then":{"required":["issuer"]}},{"if":{"required":["discovery_mode"],"properties":{"discovery_mode":{"enum":["disabled"]}}},"then":{"required":["authorization_endpoint","token_endpoint"]}},{"if":{"required":["discovery_mode","fetch_userinfo"],"properties":{"discovery_mode":{"enum":["disabled"]},"fetch_userinfo":{"enum":[true]}}},"then":{"required":["userinfo_endpoint"]}},{"if":{"required":["discovery_mode"],"properties":{"discovery_mode":{"enum":["disabled"]}},"anyOf":[{"not":{"required":["fetch_userinfo"]}},{"properties":{"fetch_userinfo":{"enum":[false]}}},{"not":{"required":["scope"]}},{"properties":{"scope":{"type":"string","pattern":"(^|\\s)openid(\\s|$)"}}},{"required":["userinfo_signed_response_alg"],"properties":{"userinfo_signed_response_alg":{"type":"string"}}}]},"then":{"required":["jwks_uri"]}}]}}};
const schema12 = {"type":"object","required":["id","client_id","token_endpoint_auth_method"],"properties":{"enabled":{"$ref":"#/definitions/switch"},"id":{"type":"string","pattern":"^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$"},"synapse_idp_id":{"$ref":"#/definitions/text"},"issuer":{"$ref":"#/definitions/url"},"human_name":{"$ref":"#/definitions/text"},"brand_name":{"$ref":"#/definitions/text"},"client_id":{"type":"string","pattern":"."},"client_secret":{"$ref":"#/definitions/text"},"client_secret_file":{"$ref":"#/definitions/text"},"token_endpoint_auth_method":{"enum":["none","client_secret_basic","client_secret_post","client_secret_jwt","private_key_jwt","sign_in_with_apple"]},"token_endpoint_auth_signing_alg":{"$ref":"#/definitions/algorithm"},"sign_in_with_apple":{"type":["object","null"],"required":["team_id","key_id"],"properties":{"team_id":{"type":"string"},"key_id":{"type":"string"},"private_key":{"$ref":"#/definitions/text"},"private_key_file":{"$ref":"#/definitions/text"}},"additionalProperties":false},"id_token_signed_response_alg":{"allOf":[{"$ref":"#/definitions/algorithm"},{"type":"string"}]},"scope":{"type":"string"},"discovery_mode":{"enum":["oidc","insecure","disabled"]},"pkce_method":{"enum":["auto","always","never"]},"fetch_userinfo":{"$ref":"#/definitions/switch"},"userinfo_signed_response_alg":{"$ref":"#/definitions/algorithm"},"authorization_endpoint":{"$ref":"#/definitions/url"},"token_endpoint":{"$ref":"#/definitions/url"},"userinfo_endpoint":{"$ref":"#/definitions/url"},"jwks_uri":{"$ref":"#/definitions/url"},"response_mode":{"enum":["query","form_post",null]},"additional_authorization_parameters":{"type":"object","additionalProperties":{"type":"string"}},"forward_login_hint":{"$ref":"#/definitions/switch"},"on_backchannel_logout":{"enum":["do_nothing","logout_browser_only","logout_all"]},"registration_token_required":{"$ref":"#/definitions/switch"},"claims_imports":{"type":"object","properties":{"subject":{"$ref":"#/definitions/template"},"account_name":{"$ref":"#/definitions/template"},"skip_confirmation":{"$ref":"#/definitions/switch"},"localpart":{"type":"object","properties":{"template":{"$ref":"#/definitions/text"},"action":{"$ref":"#/definitions/action"},"on_conflict":{"enum":["fail","add","replace","set"]}},"additionalProperties":false},"displayname":{"$ref":"#/definitions/claim"},"email":{"type":"object","properties":{"template":{"$ref":"#/definitions/text"},"action":{"$ref":"#/definitions/action"},"set_email_verification":{"enum":["always","never","import"]}},"additionalProperties":false}},"additionalProperties":false}},"additionalProperties":false,"allOf":[{"if":{"required":["token_endpoint_auth_method"],"properties":{"token_endpoint_auth_method":{"enum":["client_secret_basic","client_secret_post","client_secret_jwt"]}}},"then":{"oneOf":[{"required":["client_secret"]},{"required":["client_secret_file"]}]}},{"if":{"required":["token_endpoint_auth_method"],"properties":{"token_endpoint_auth_method":{"enum":["none","private_key_jwt","sign_in_with_apple"]}}},"then":{"properties":{"client_secret":{"type":"null"},"client_secret_file":{"type":"null"}}}},{"if":{"required":["token_endpoint_auth_method"],"properties":{"token_endpoint_auth_method":{"enum":["none","client_secret_basic","client_secret_post","sign_in_with_apple"]}}},"then":{"properties":{"token_endpoint_auth_signing_alg":{"type":"null"}}}},{"if":{"required":["claims_imports"],"properties":{"claims_imports":{"type":"object","required":["skip_confirmation"],"properties":{"skip_confirmation":{"const":true}}}}},"then":{"properties":{"claims_imports":{"type":"object","required":["localpart"],"properties":{"localpart":{"type":"object","required":["action"],"properties":{"action":{"const":"require"}}},"displayname":{"type":"object","properties":{"action":{"enum":["ignore","force","require"]}}},"email":{"type":"object","properties":{"action":{"enum":["ignore","force","require"]}}}}}}}},{"if":{"required":["token_endpoint_auth_method"],"properties":{"token_endpoint_auth_method":{"enum":["client_secret_jwt","private_key_jwt"]}}},"then":{"required":["token_endpoint_auth_signing_alg"]}},{"if":{"required":["token_endpoint_auth_method"],"properties":{"token_endpoint_auth_method":{"enum":["sign_in_with_apple"]}}},"then":{"required":["sign_in_with_apple"]}},{"if":{"not":{"required":["discovery_mode"]}},"then":{"required":["issuer"]}},{"if":{"required":["discovery_mode"],"properties":{"discovery_mode":{"enum":["oidc","insecure"]}}},"then":{"required":["issuer"]}},{"if":{"required":["discovery_mode"],"properties":{"discovery_mode":{"enum":["disabled"]}}},"then":{"required":["authorization_endpoint","token_endpoint"]}},{"if":{"required":["discovery_mode","fetch_userinfo"],"properties":{"discovery_mode":{"enum":["disabled"]},"fetch_userinfo":{"enum":[true]}}},"then":{"required":["userinfo_endpoint"]}},{"if":{"required":["discovery_mode"],"properties":{"discovery_mode":{"enum":["disabled"]}},"anyOf":[{"not":{"required":["fetch_userinfo"]}},{"properties":{"fetch_userinfo":{"enum":[false]}}},{"not":{"required":["scope"]}},{"properties":{"scope":{"type":"string","pattern":"(^|\\s)openid(\\s|$)"}}},{"required":["userinfo_signed_response_alg"],"properties":{"userinfo_signed_response_alg":{"type":"string"}}}]},"then":{"required":["jwks_uri"]}}]};
const schema13 = {"type":"boolean"};
const schema14 = {"type":["string","null"]};
const schema15 = {"type":["string","null"],"pattern":"^https?://[^\\s/]+"};
const schema20 = {"enum":["HS256","HS384","HS512","RS256","RS384","RS512","PS256","PS384","PS512","ES256","ES384","ES512","ES256K","EdDSA",null]};
const schema36 = {"enum":["ignore","suggest","force","require"]};
const pattern0 = new RegExp("(^|\\s)openid(\\s|$)", "u");
const pattern1 = new RegExp("^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$", "u");
const pattern2 = new RegExp("^https?://[^\\s/]+", "u");
const pattern3 = new RegExp(".", "u");
const func2 = Object.prototype.hasOwnProperty;
const schema32 = {"type":"object","properties":{"template":{"$ref":"#/definitions/text"}},"additionalProperties":false};

function validate12(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "template")){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.template !== undefined){
let data0 = data.template;
if((typeof data0 !== "string") && (data0 !== null)){
const err1 = {instancePath:instancePath+"/template",schemaPath:"#/definitions/text/type",keyword:"type",params:{type: schema14.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate12.errors = vErrors;
return errors === 0;
}

const schema37 = {"type":"object","properties":{"template":{"$ref":"#/definitions/text"},"action":{"$ref":"#/definitions/action"}},"additionalProperties":false};

function validate15(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "template") || (key0 === "action"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.template !== undefined){
let data0 = data.template;
if((typeof data0 !== "string") && (data0 !== null)){
const err1 = {instancePath:instancePath+"/template",schemaPath:"#/definitions/text/type",keyword:"type",params:{type: schema14.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.action !== undefined){
let data1 = data.action;
if(!((((data1 === "ignore") || (data1 === "suggest")) || (data1 === "force")) || (data1 === "require"))){
const err2 = {instancePath:instancePath+"/action",schemaPath:"#/definitions/action/enum",keyword:"enum",params:{allowedValues: schema36.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate15.errors = vErrors;
return errors === 0;
}


function validate11(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
const _errs2 = errors;
let valid1 = true;
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.token_endpoint_auth_method === undefined) && (missing0 = "token_endpoint_auth_method")){
const err0 = {};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
else {
if(data.token_endpoint_auth_method !== undefined){
let data0 = data.token_endpoint_auth_method;
if(!(((data0 === "client_secret_basic") || (data0 === "client_secret_post")) || (data0 === "client_secret_jwt"))){
const err1 = {};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
}
}
var _valid0 = _errs3 === errors;
errors = _errs2;
if(vErrors !== null){
if(_errs2){
vErrors.length = _errs2;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs5 = errors;
const _errs6 = errors;
let valid3 = false;
let passing0 = null;
const _errs7 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.client_secret === undefined){
const err2 = {instancePath,schemaPath:"#/allOf/0/then/oneOf/0/required",keyword:"required",params:{missingProperty: "client_secret"},message:"must have required property '"+"client_secret"+"'"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
var _valid1 = _errs7 === errors;
if(_valid1){
valid3 = true;
passing0 = 0;
}
const _errs8 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.client_secret_file === undefined){
const err3 = {instancePath,schemaPath:"#/allOf/0/then/oneOf/1/required",keyword:"required",params:{missingProperty: "client_secret_file"},message:"must have required property '"+"client_secret_file"+"'"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
var _valid1 = _errs8 === errors;
if(_valid1 && valid3){
valid3 = false;
passing0 = [passing0, 1];
}
else {
if(_valid1){
valid3 = true;
passing0 = 1;
}
}
if(!valid3){
const err4 = {instancePath,schemaPath:"#/allOf/0/then/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
else {
errors = _errs6;
if(vErrors !== null){
if(_errs6){
vErrors.length = _errs6;
}
else {
vErrors = null;
}
}
}
var _valid0 = _errs5 === errors;
valid1 = _valid0;
}
if(!valid1){
const err5 = {instancePath,schemaPath:"#/allOf/0/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
const _errs10 = errors;
let valid4 = true;
const _errs11 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing1;
if((data.token_endpoint_auth_method === undefined) && (missing1 = "token_endpoint_auth_method")){
const err6 = {};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
else {
if(data.token_endpoint_auth_method !== undefined){
let data1 = data.token_endpoint_auth_method;
if(!(((data1 === "none") || (data1 === "private_key_jwt")) || (data1 === "sign_in_with_apple"))){
const err7 = {};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
}
var _valid2 = _errs11 === errors;
errors = _errs10;
if(vErrors !== null){
if(_errs10){
vErrors.length = _errs10;
}
else {
vErrors = null;
}
}
if(_valid2){
const _errs13 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.client_secret !== undefined){
if(data.client_secret !== null){
const err8 = {instancePath:instancePath+"/client_secret",schemaPath:"#/allOf/1/then/properties/client_secret/type",keyword:"type",params:{type: "null"},message:"must be null"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.client_secret_file !== undefined){
if(data.client_secret_file !== null){
const err9 = {instancePath:instancePath+"/client_secret_file",schemaPath:"#/allOf/1/then/properties/client_secret_file/type",keyword:"type",params:{type: "null"},message:"must be null"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
var _valid2 = _errs13 === errors;
valid4 = _valid2;
}
if(!valid4){
const err10 = {instancePath,schemaPath:"#/allOf/1/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
const _errs19 = errors;
let valid7 = true;
const _errs20 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing2;
if((data.token_endpoint_auth_method === undefined) && (missing2 = "token_endpoint_auth_method")){
const err11 = {};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
else {
if(data.token_endpoint_auth_method !== undefined){
let data4 = data.token_endpoint_auth_method;
if(!((((data4 === "none") || (data4 === "client_secret_basic")) || (data4 === "client_secret_post")) || (data4 === "sign_in_with_apple"))){
const err12 = {};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
}
var _valid3 = _errs20 === errors;
errors = _errs19;
if(vErrors !== null){
if(_errs19){
vErrors.length = _errs19;
}
else {
vErrors = null;
}
}
if(_valid3){
const _errs22 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.token_endpoint_auth_signing_alg !== undefined){
if(data.token_endpoint_auth_signing_alg !== null){
const err13 = {instancePath:instancePath+"/token_endpoint_auth_signing_alg",schemaPath:"#/allOf/2/then/properties/token_endpoint_auth_signing_alg/type",keyword:"type",params:{type: "null"},message:"must be null"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
var _valid3 = _errs22 === errors;
valid7 = _valid3;
}
if(!valid7){
const err14 = {instancePath,schemaPath:"#/allOf/2/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
const _errs26 = errors;
let valid10 = true;
const _errs27 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing3;
if((data.claims_imports === undefined) && (missing3 = "claims_imports")){
const err15 = {};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
else {
if(data.claims_imports !== undefined){
let data6 = data.claims_imports;
const _errs28 = errors;
if(errors === _errs28){
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
let missing4;
if((data6.skip_confirmation === undefined) && (missing4 = "skip_confirmation")){
const err16 = {};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
else {
if(data6.skip_confirmation !== undefined){
if(true !== data6.skip_confirmation){
const err17 = {};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
}
else {
const err18 = {};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
}
}
var _valid4 = _errs27 === errors;
errors = _errs26;
if(vErrors !== null){
if(_errs26){
vErrors.length = _errs26;
}
else {
vErrors = null;
}
}
if(_valid4){
const _errs31 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.claims_imports !== undefined){
let data8 = data.claims_imports;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(data8.localpart === undefined){
const err19 = {instancePath:instancePath+"/claims_imports",schemaPath:"#/allOf/3/then/properties/claims_imports/required",keyword:"required",params:{missingProperty: "localpart"},message:"must have required property '"+"localpart"+"'"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(data8.localpart !== undefined){
let data9 = data8.localpart;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if(data9.action === undefined){
const err20 = {instancePath:instancePath+"/claims_imports/localpart",schemaPath:"#/allOf/3/then/properties/claims_imports/properties/localpart/required",keyword:"required",params:{missingProperty: "action"},message:"must have required property '"+"action"+"'"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(data9.action !== undefined){
if("require" !== data9.action){
const err21 = {instancePath:instancePath+"/claims_imports/localpart/action",schemaPath:"#/allOf/3/then/properties/claims_imports/properties/localpart/properties/action/const",keyword:"const",params:{allowedValue: "require"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
else {
const err22 = {instancePath:instancePath+"/claims_imports/localpart",schemaPath:"#/allOf/3/then/properties/claims_imports/properties/localpart/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data8.displayname !== undefined){
let data11 = data8.displayname;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
if(data11.action !== undefined){
let data12 = data11.action;
if(!(((data12 === "ignore") || (data12 === "force")) || (data12 === "require"))){
const err23 = {instancePath:instancePath+"/claims_imports/displayname/action",schemaPath:"#/allOf/3/then/properties/claims_imports/properties/displayname/properties/action/enum",keyword:"enum",params:{allowedValues: schema12.allOf[3].then.properties.claims_imports.properties.displayname.properties.action.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
}
else {
const err24 = {instancePath:instancePath+"/claims_imports/displayname",schemaPath:"#/allOf/3/then/properties/claims_imports/properties/displayname/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data8.email !== undefined){
let data13 = data8.email;
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
if(data13.action !== undefined){
let data14 = data13.action;
if(!(((data14 === "ignore") || (data14 === "force")) || (data14 === "require"))){
const err25 = {instancePath:instancePath+"/claims_imports/email/action",schemaPath:"#/allOf/3/then/properties/claims_imports/properties/email/properties/action/enum",keyword:"enum",params:{allowedValues: schema12.allOf[3].then.properties.claims_imports.properties.email.properties.action.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
else {
const err26 = {instancePath:instancePath+"/claims_imports/email",schemaPath:"#/allOf/3/then/properties/claims_imports/properties/email/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
}
else {
const err27 = {instancePath:instancePath+"/claims_imports",schemaPath:"#/allOf/3/then/properties/claims_imports/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
}
var _valid4 = _errs31 === errors;
valid10 = _valid4;
}
if(!valid10){
const err28 = {instancePath,schemaPath:"#/allOf/3/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
const _errs44 = errors;
let valid18 = true;
const _errs45 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing5;
if((data.token_endpoint_auth_method === undefined) && (missing5 = "token_endpoint_auth_method")){
const err29 = {};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
else {
if(data.token_endpoint_auth_method !== undefined){
let data15 = data.token_endpoint_auth_method;
if(!((data15 === "client_secret_jwt") || (data15 === "private_key_jwt"))){
const err30 = {};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
}
var _valid5 = _errs45 === errors;
errors = _errs44;
if(vErrors !== null){
if(_errs44){
vErrors.length = _errs44;
}
else {
vErrors = null;
}
}
if(_valid5){
const _errs47 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.token_endpoint_auth_signing_alg === undefined){
const err31 = {instancePath,schemaPath:"#/allOf/4/then/required",keyword:"required",params:{missingProperty: "token_endpoint_auth_signing_alg"},message:"must have required property '"+"token_endpoint_auth_signing_alg"+"'"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
var _valid5 = _errs47 === errors;
valid18 = _valid5;
}
if(!valid18){
const err32 = {instancePath,schemaPath:"#/allOf/4/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
const _errs49 = errors;
let valid20 = true;
const _errs50 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing6;
if((data.token_endpoint_auth_method === undefined) && (missing6 = "token_endpoint_auth_method")){
const err33 = {};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
else {
if(data.token_endpoint_auth_method !== undefined){
if(!(data.token_endpoint_auth_method === "sign_in_with_apple")){
const err34 = {};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
}
}
var _valid6 = _errs50 === errors;
errors = _errs49;
if(vErrors !== null){
if(_errs49){
vErrors.length = _errs49;
}
else {
vErrors = null;
}
}
if(_valid6){
const _errs52 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.sign_in_with_apple === undefined){
const err35 = {instancePath,schemaPath:"#/allOf/5/then/required",keyword:"required",params:{missingProperty: "sign_in_with_apple"},message:"must have required property '"+"sign_in_with_apple"+"'"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
var _valid6 = _errs52 === errors;
valid20 = _valid6;
}
if(!valid20){
const err36 = {instancePath,schemaPath:"#/allOf/5/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
const _errs54 = errors;
let valid22 = true;
const _errs55 = errors;
const _errs56 = errors;
const _errs57 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing7;
if((data.discovery_mode === undefined) && (missing7 = "discovery_mode")){
const err37 = {};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
var valid23 = _errs57 === errors;
if(valid23){
const err38 = {};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
else {
errors = _errs56;
if(vErrors !== null){
if(_errs56){
vErrors.length = _errs56;
}
else {
vErrors = null;
}
}
}
var _valid7 = _errs55 === errors;
errors = _errs54;
if(vErrors !== null){
if(_errs54){
vErrors.length = _errs54;
}
else {
vErrors = null;
}
}
if(_valid7){
const _errs58 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.issuer === undefined){
const err39 = {instancePath,schemaPath:"#/allOf/6/then/required",keyword:"required",params:{missingProperty: "issuer"},message:"must have required property '"+"issuer"+"'"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
var _valid7 = _errs58 === errors;
valid22 = _valid7;
}
if(!valid22){
const err40 = {instancePath,schemaPath:"#/allOf/6/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
const _errs60 = errors;
let valid24 = true;
const _errs61 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing8;
if((data.discovery_mode === undefined) && (missing8 = "discovery_mode")){
const err41 = {};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
else {
if(data.discovery_mode !== undefined){
let data17 = data.discovery_mode;
if(!((data17 === "oidc") || (data17 === "insecure"))){
const err42 = {};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
}
}
var _valid8 = _errs61 === errors;
errors = _errs60;
if(vErrors !== null){
if(_errs60){
vErrors.length = _errs60;
}
else {
vErrors = null;
}
}
if(_valid8){
const _errs63 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.issuer === undefined){
const err43 = {instancePath,schemaPath:"#/allOf/7/then/required",keyword:"required",params:{missingProperty: "issuer"},message:"must have required property '"+"issuer"+"'"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
var _valid8 = _errs63 === errors;
valid24 = _valid8;
}
if(!valid24){
const err44 = {instancePath,schemaPath:"#/allOf/7/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
const _errs65 = errors;
let valid26 = true;
const _errs66 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing9;
if((data.discovery_mode === undefined) && (missing9 = "discovery_mode")){
const err45 = {};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
else {
if(data.discovery_mode !== undefined){
if(!(data.discovery_mode === "disabled")){
const err46 = {};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
}
}
var _valid9 = _errs66 === errors;
errors = _errs65;
if(vErrors !== null){
if(_errs65){
vErrors.length = _errs65;
}
else {
vErrors = null;
}
}
if(_valid9){
const _errs68 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.authorization_endpoint === undefined){
const err47 = {instancePath,schemaPath:"#/allOf/8/then/required",keyword:"required",params:{missingProperty: "authorization_endpoint"},message:"must have required property '"+"authorization_endpoint"+"'"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
if(data.token_endpoint === undefined){
const err48 = {instancePath,schemaPath:"#/allOf/8/then/required",keyword:"required",params:{missingProperty: "token_endpoint"},message:"must have required property '"+"token_endpoint"+"'"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
var _valid9 = _errs68 === errors;
valid26 = _valid9;
}
if(!valid26){
const err49 = {instancePath,schemaPath:"#/allOf/8/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
const _errs70 = errors;
let valid28 = true;
const _errs71 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing10;
if(((data.discovery_mode === undefined) && (missing10 = "discovery_mode")) || ((data.fetch_userinfo === undefined) && (missing10 = "fetch_userinfo"))){
const err50 = {};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
else {
if(data.discovery_mode !== undefined){
const _errs72 = errors;
if(!(data.discovery_mode === "disabled")){
const err51 = {};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
var valid29 = _errs72 === errors;
}
else {
var valid29 = true;
}
if(valid29){
if(data.fetch_userinfo !== undefined){
const _errs73 = errors;
if(!(data.fetch_userinfo === true)){
const err52 = {};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
var valid29 = _errs73 === errors;
}
else {
var valid29 = true;
}
}
}
}
var _valid10 = _errs71 === errors;
errors = _errs70;
if(vErrors !== null){
if(_errs70){
vErrors.length = _errs70;
}
else {
vErrors = null;
}
}
if(_valid10){
const _errs74 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.userinfo_endpoint === undefined){
const err53 = {instancePath,schemaPath:"#/allOf/9/then/required",keyword:"required",params:{missingProperty: "userinfo_endpoint"},message:"must have required property '"+"userinfo_endpoint"+"'"};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
var _valid10 = _errs74 === errors;
valid28 = _valid10;
}
if(!valid28){
const err54 = {instancePath,schemaPath:"#/allOf/9/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
const _errs76 = errors;
let valid30 = true;
const _errs77 = errors;
const _errs78 = errors;
let valid31 = false;
const _errs79 = errors;
const _errs80 = errors;
const _errs81 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing11;
if((data.fetch_userinfo === undefined) && (missing11 = "fetch_userinfo")){
const err55 = {};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
var valid32 = _errs81 === errors;
if(valid32){
const err56 = {};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
else {
errors = _errs80;
if(vErrors !== null){
if(_errs80){
vErrors.length = _errs80;
}
else {
vErrors = null;
}
}
}
var _valid12 = _errs79 === errors;
valid31 = valid31 || _valid12;
if(!valid31){
const _errs82 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.fetch_userinfo !== undefined){
if(!(data.fetch_userinfo === false)){
const err57 = {};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
}
var _valid12 = _errs82 === errors;
valid31 = valid31 || _valid12;
if(!valid31){
const _errs84 = errors;
const _errs85 = errors;
const _errs86 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing12;
if((data.scope === undefined) && (missing12 = "scope")){
const err58 = {};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
var valid34 = _errs86 === errors;
if(valid34){
const err59 = {};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
else {
errors = _errs85;
if(vErrors !== null){
if(_errs85){
vErrors.length = _errs85;
}
else {
vErrors = null;
}
}
}
var _valid12 = _errs84 === errors;
valid31 = valid31 || _valid12;
if(!valid31){
const _errs87 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.scope !== undefined){
let data22 = data.scope;
const _errs88 = errors;
if(errors === _errs88){
if(typeof data22 === "string"){
if(!pattern0.test(data22)){
const err60 = {};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
else {
const err61 = {};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
}
}
var _valid12 = _errs87 === errors;
valid31 = valid31 || _valid12;
if(!valid31){
const _errs90 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing13;
if((data.userinfo_signed_response_alg === undefined) && (missing13 = "userinfo_signed_response_alg")){
const err62 = {};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
else {
if(data.userinfo_signed_response_alg !== undefined){
if(typeof data.userinfo_signed_response_alg !== "string"){
const err63 = {};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
}
}
var _valid12 = _errs90 === errors;
valid31 = valid31 || _valid12;
}
}
}
}
if(!valid31){
const err64 = {};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
else {
errors = _errs78;
if(vErrors !== null){
if(_errs78){
vErrors.length = _errs78;
}
else {
vErrors = null;
}
}
}
if(errors === _errs77){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing14;
if((data.discovery_mode === undefined) && (missing14 = "discovery_mode")){
const err65 = {};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
else {
if(data.discovery_mode !== undefined){
if(!(data.discovery_mode === "disabled")){
const err66 = {};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
}
}
}
var _valid11 = _errs77 === errors;
errors = _errs76;
if(vErrors !== null){
if(_errs76){
vErrors.length = _errs76;
}
else {
vErrors = null;
}
}
if(_valid11){
const _errs94 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.jwks_uri === undefined){
const err67 = {instancePath,schemaPath:"#/allOf/10/then/required",keyword:"required",params:{missingProperty: "jwks_uri"},message:"must have required property '"+"jwks_uri"+"'"};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
var _valid11 = _errs94 === errors;
valid30 = _valid11;
}
if(!valid30){
const err68 = {instancePath,schemaPath:"#/allOf/10/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.id === undefined){
const err69 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'"};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
if(data.client_id === undefined){
const err70 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "client_id"},message:"must have required property '"+"client_id"+"'"};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
if(data.token_endpoint_auth_method === undefined){
const err71 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "token_endpoint_auth_method"},message:"must have required property '"+"token_endpoint_auth_method"+"'"};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
for(const key0 in data){
if(!(func2.call(schema12.properties, key0))){
const err72 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
if(data.enabled !== undefined){
if(typeof data.enabled !== "boolean"){
const err73 = {instancePath:instancePath+"/enabled",schemaPath:"#/definitions/switch/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
if(data.id !== undefined){
let data26 = data.id;
if(typeof data26 === "string"){
if(!pattern1.test(data26)){
const err74 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/pattern",keyword:"pattern",params:{pattern: "^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$"},message:"must match pattern \""+"^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$"+"\""};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
else {
const err75 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
if(data.synapse_idp_id !== undefined){
let data27 = data.synapse_idp_id;
if((typeof data27 !== "string") && (data27 !== null)){
const err76 = {instancePath:instancePath+"/synapse_idp_id",schemaPath:"#/definitions/text/type",keyword:"type",params:{type: schema14.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
if(data.issuer !== undefined){
let data28 = data.issuer;
if((typeof data28 !== "string") && (data28 !== null)){
const err77 = {instancePath:instancePath+"/issuer",schemaPath:"#/definitions/url/type",keyword:"type",params:{type: schema15.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
if(typeof data28 === "string"){
if(!pattern2.test(data28)){
const err78 = {instancePath:instancePath+"/issuer",schemaPath:"#/definitions/url/pattern",keyword:"pattern",params:{pattern: "^https?://[^\\s/]+"},message:"must match pattern \""+"^https?://[^\\s/]+"+"\""};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
}
if(data.human_name !== undefined){
let data29 = data.human_name;
if((typeof data29 !== "string") && (data29 !== null)){
const err79 = {instancePath:instancePath+"/human_name",schemaPath:"#/definitions/text/type",keyword:"type",params:{type: schema14.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
if(data.brand_name !== undefined){
let data30 = data.brand_name;
if((typeof data30 !== "string") && (data30 !== null)){
const err80 = {instancePath:instancePath+"/brand_name",schemaPath:"#/definitions/text/type",keyword:"type",params:{type: schema14.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
if(data.client_id !== undefined){
let data31 = data.client_id;
if(typeof data31 === "string"){
if(!pattern3.test(data31)){
const err81 = {instancePath:instancePath+"/client_id",schemaPath:"#/properties/client_id/pattern",keyword:"pattern",params:{pattern: "."},message:"must match pattern \""+"."+"\""};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
else {
const err82 = {instancePath:instancePath+"/client_id",schemaPath:"#/properties/client_id/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
if(data.client_secret !== undefined){
let data32 = data.client_secret;
if((typeof data32 !== "string") && (data32 !== null)){
const err83 = {instancePath:instancePath+"/client_secret",schemaPath:"#/definitions/text/type",keyword:"type",params:{type: schema14.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
if(data.client_secret_file !== undefined){
let data33 = data.client_secret_file;
if((typeof data33 !== "string") && (data33 !== null)){
const err84 = {instancePath:instancePath+"/client_secret_file",schemaPath:"#/definitions/text/type",keyword:"type",params:{type: schema14.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
if(data.token_endpoint_auth_method !== undefined){
let data34 = data.token_endpoint_auth_method;
if(!((((((data34 === "none") || (data34 === "client_secret_basic")) || (data34 === "client_secret_post")) || (data34 === "client_secret_jwt")) || (data34 === "private_key_jwt")) || (data34 === "sign_in_with_apple"))){
const err85 = {instancePath:instancePath+"/token_endpoint_auth_method",schemaPath:"#/properties/token_endpoint_auth_method/enum",keyword:"enum",params:{allowedValues: schema12.properties.token_endpoint_auth_method.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
if(data.token_endpoint_auth_signing_alg !== undefined){
let data35 = data.token_endpoint_auth_signing_alg;
if(!(((((((((((((((data35 === "HS256") || (data35 === "HS384")) || (data35 === "HS512")) || (data35 === "RS256")) || (data35 === "RS384")) || (data35 === "RS512")) || (data35 === "PS256")) || (data35 === "PS384")) || (data35 === "PS512")) || (data35 === "ES256")) || (data35 === "ES384")) || (data35 === "ES512")) || (data35 === "ES256K")) || (data35 === "EdDSA")) || (data35 === null))){
const err86 = {instancePath:instancePath+"/token_endpoint_auth_signing_alg",schemaPath:"#/definitions/algorithm/enum",keyword:"enum",params:{allowedValues: schema20.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
if(data.sign_in_with_apple !== undefined){
let data36 = data.sign_in_with_apple;
if((!(data36 && typeof data36 == "object" && !Array.isArray(data36))) && (data36 !== null)){
const err87 = {instancePath:instancePath+"/sign_in_with_apple",schemaPath:"#/properties/sign_in_with_apple/type",keyword:"type",params:{type: schema12.properties.sign_in_with_apple.type},message:"must be object,null"};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
if(data36 && typeof data36 == "object" && !Array.isArray(data36)){
if(data36.team_id === undefined){
const err88 = {instancePath:instancePath+"/sign_in_with_apple",schemaPath:"#/properties/sign_in_with_apple/required",keyword:"required",params:{missingProperty: "team_id"},message:"must have required property '"+"team_id"+"'"};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
if(data36.key_id === undefined){
const err89 = {instancePath:instancePath+"/sign_in_with_apple",schemaPath:"#/properties/sign_in_with_apple/required",keyword:"required",params:{missingProperty: "key_id"},message:"must have required property '"+"key_id"+"'"};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
for(const key1 in data36){
if(!((((key1 === "team_id") || (key1 === "key_id")) || (key1 === "private_key")) || (key1 === "private_key_file"))){
const err90 = {instancePath:instancePath+"/sign_in_with_apple",schemaPath:"#/properties/sign_in_with_apple/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
}
if(data36.team_id !== undefined){
if(typeof data36.team_id !== "string"){
const err91 = {instancePath:instancePath+"/sign_in_with_apple/team_id",schemaPath:"#/properties/sign_in_with_apple/properties/team_id/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
}
if(data36.key_id !== undefined){
if(typeof data36.key_id !== "string"){
const err92 = {instancePath:instancePath+"/sign_in_with_apple/key_id",schemaPath:"#/properties/sign_in_with_apple/properties/key_id/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
}
if(data36.private_key !== undefined){
let data39 = data36.private_key;
if((typeof data39 !== "string") && (data39 !== null)){
const err93 = {instancePath:instancePath+"/sign_in_with_apple/private_key",schemaPath:"#/definitions/text/type",keyword:"type",params:{type: schema14.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
}
if(data36.private_key_file !== undefined){
let data40 = data36.private_key_file;
if((typeof data40 !== "string") && (data40 !== null)){
const err94 = {instancePath:instancePath+"/sign_in_with_apple/private_key_file",schemaPath:"#/definitions/text/type",keyword:"type",params:{type: schema14.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
}
}
}
if(data.id_token_signed_response_alg !== undefined){
let data41 = data.id_token_signed_response_alg;
if(!(((((((((((((((data41 === "HS256") || (data41 === "HS384")) || (data41 === "HS512")) || (data41 === "RS256")) || (data41 === "RS384")) || (data41 === "RS512")) || (data41 === "PS256")) || (data41 === "PS384")) || (data41 === "PS512")) || (data41 === "ES256")) || (data41 === "ES384")) || (data41 === "ES512")) || (data41 === "ES256K")) || (data41 === "EdDSA")) || (data41 === null))){
const err95 = {instancePath:instancePath+"/id_token_signed_response_alg",schemaPath:"#/definitions/algorithm/enum",keyword:"enum",params:{allowedValues: schema20.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
if(typeof data41 !== "string"){
const err96 = {instancePath:instancePath+"/id_token_signed_response_alg",schemaPath:"#/properties/id_token_signed_response_alg/allOf/1/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
}
if(data.scope !== undefined){
if(typeof data.scope !== "string"){
const err97 = {instancePath:instancePath+"/scope",schemaPath:"#/properties/scope/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
}
if(data.discovery_mode !== undefined){
let data43 = data.discovery_mode;
if(!(((data43 === "oidc") || (data43 === "insecure")) || (data43 === "disabled"))){
const err98 = {instancePath:instancePath+"/discovery_mode",schemaPath:"#/properties/discovery_mode/enum",keyword:"enum",params:{allowedValues: schema12.properties.discovery_mode.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
if(data.pkce_method !== undefined){
let data44 = data.pkce_method;
if(!(((data44 === "auto") || (data44 === "always")) || (data44 === "never"))){
const err99 = {instancePath:instancePath+"/pkce_method",schemaPath:"#/properties/pkce_method/enum",keyword:"enum",params:{allowedValues: schema12.properties.pkce_method.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
}
if(data.fetch_userinfo !== undefined){
if(typeof data.fetch_userinfo !== "boolean"){
const err100 = {instancePath:instancePath+"/fetch_userinfo",schemaPath:"#/definitions/switch/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
}
if(data.userinfo_signed_response_alg !== undefined){
let data46 = data.userinfo_signed_response_alg;
if(!(((((((((((((((data46 === "HS256") || (data46 === "HS384")) || (data46 === "HS512")) || (data46 === "RS256")) || (data46 === "RS384")) || (data46 === "RS512")) || (data46 === "PS256")) || (data46 === "PS384")) || (data46 === "PS512")) || (data46 === "ES256")) || (data46 === "ES384")) || (data46 === "ES512")) || (data46 === "ES256K")) || (data46 === "EdDSA")) || (data46 === null))){
const err101 = {instancePath:instancePath+"/userinfo_signed_response_alg",schemaPath:"#/definitions/algorithm/enum",keyword:"enum",params:{allowedValues: schema20.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
}
if(data.authorization_endpoint !== undefined){
let data47 = data.authorization_endpoint;
if((typeof data47 !== "string") && (data47 !== null)){
const err102 = {instancePath:instancePath+"/authorization_endpoint",schemaPath:"#/definitions/url/type",keyword:"type",params:{type: schema15.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
if(typeof data47 === "string"){
if(!pattern2.test(data47)){
const err103 = {instancePath:instancePath+"/authorization_endpoint",schemaPath:"#/definitions/url/pattern",keyword:"pattern",params:{pattern: "^https?://[^\\s/]+"},message:"must match pattern \""+"^https?://[^\\s/]+"+"\""};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
}
}
if(data.token_endpoint !== undefined){
let data48 = data.token_endpoint;
if((typeof data48 !== "string") && (data48 !== null)){
const err104 = {instancePath:instancePath+"/token_endpoint",schemaPath:"#/definitions/url/type",keyword:"type",params:{type: schema15.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
if(typeof data48 === "string"){
if(!pattern2.test(data48)){
const err105 = {instancePath:instancePath+"/token_endpoint",schemaPath:"#/definitions/url/pattern",keyword:"pattern",params:{pattern: "^https?://[^\\s/]+"},message:"must match pattern \""+"^https?://[^\\s/]+"+"\""};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
}
}
if(data.userinfo_endpoint !== undefined){
let data49 = data.userinfo_endpoint;
if((typeof data49 !== "string") && (data49 !== null)){
const err106 = {instancePath:instancePath+"/userinfo_endpoint",schemaPath:"#/definitions/url/type",keyword:"type",params:{type: schema15.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
if(typeof data49 === "string"){
if(!pattern2.test(data49)){
const err107 = {instancePath:instancePath+"/userinfo_endpoint",schemaPath:"#/definitions/url/pattern",keyword:"pattern",params:{pattern: "^https?://[^\\s/]+"},message:"must match pattern \""+"^https?://[^\\s/]+"+"\""};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
}
}
if(data.jwks_uri !== undefined){
let data50 = data.jwks_uri;
if((typeof data50 !== "string") && (data50 !== null)){
const err108 = {instancePath:instancePath+"/jwks_uri",schemaPath:"#/definitions/url/type",keyword:"type",params:{type: schema15.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
if(typeof data50 === "string"){
if(!pattern2.test(data50)){
const err109 = {instancePath:instancePath+"/jwks_uri",schemaPath:"#/definitions/url/pattern",keyword:"pattern",params:{pattern: "^https?://[^\\s/]+"},message:"must match pattern \""+"^https?://[^\\s/]+"+"\""};
if(vErrors === null){
vErrors = [err109];
}
else {
vErrors.push(err109);
}
errors++;
}
}
}
if(data.response_mode !== undefined){
let data51 = data.response_mode;
if(!(((data51 === "query") || (data51 === "form_post")) || (data51 === null))){
const err110 = {instancePath:instancePath+"/response_mode",schemaPath:"#/properties/response_mode/enum",keyword:"enum",params:{allowedValues: schema12.properties.response_mode.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
}
if(data.additional_authorization_parameters !== undefined){
let data52 = data.additional_authorization_parameters;
if(data52 && typeof data52 == "object" && !Array.isArray(data52)){
for(const key2 in data52){
if(typeof data52[key2] !== "string"){
const err111 = {instancePath:instancePath+"/additional_authorization_parameters/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/additional_authorization_parameters/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
}
}
else {
const err112 = {instancePath:instancePath+"/additional_authorization_parameters",schemaPath:"#/properties/additional_authorization_parameters/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
}
if(data.forward_login_hint !== undefined){
if(typeof data.forward_login_hint !== "boolean"){
const err113 = {instancePath:instancePath+"/forward_login_hint",schemaPath:"#/definitions/switch/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err113];
}
else {
vErrors.push(err113);
}
errors++;
}
}
if(data.on_backchannel_logout !== undefined){
let data55 = data.on_backchannel_logout;
if(!(((data55 === "do_nothing") || (data55 === "logout_browser_only")) || (data55 === "logout_all"))){
const err114 = {instancePath:instancePath+"/on_backchannel_logout",schemaPath:"#/properties/on_backchannel_logout/enum",keyword:"enum",params:{allowedValues: schema12.properties.on_backchannel_logout.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
}
if(data.registration_token_required !== undefined){
if(typeof data.registration_token_required !== "boolean"){
const err115 = {instancePath:instancePath+"/registration_token_required",schemaPath:"#/definitions/switch/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
}
}
if(data.claims_imports !== undefined){
let data57 = data.claims_imports;
if(data57 && typeof data57 == "object" && !Array.isArray(data57)){
for(const key3 in data57){
if(!((((((key3 === "subject") || (key3 === "account_name")) || (key3 === "skip_confirmation")) || (key3 === "localpart")) || (key3 === "displayname")) || (key3 === "email"))){
const err116 = {instancePath:instancePath+"/claims_imports",schemaPath:"#/properties/claims_imports/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
}
if(data57.subject !== undefined){
if(!(validate12(data57.subject, {instancePath:instancePath+"/claims_imports/subject",parentData:data57,parentDataProperty:"subject",rootData}))){
vErrors = vErrors === null ? validate12.errors : vErrors.concat(validate12.errors);
errors = vErrors.length;
}
}
if(data57.account_name !== undefined){
if(!(validate12(data57.account_name, {instancePath:instancePath+"/claims_imports/account_name",parentData:data57,parentDataProperty:"account_name",rootData}))){
vErrors = vErrors === null ? validate12.errors : vErrors.concat(validate12.errors);
errors = vErrors.length;
}
}
if(data57.skip_confirmation !== undefined){
if(typeof data57.skip_confirmation !== "boolean"){
const err117 = {instancePath:instancePath+"/claims_imports/skip_confirmation",schemaPath:"#/definitions/switch/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err117];
}
else {
vErrors.push(err117);
}
errors++;
}
}
if(data57.localpart !== undefined){
let data61 = data57.localpart;
if(data61 && typeof data61 == "object" && !Array.isArray(data61)){
for(const key4 in data61){
if(!(((key4 === "template") || (key4 === "action")) || (key4 === "on_conflict"))){
const err118 = {instancePath:instancePath+"/claims_imports/localpart",schemaPath:"#/properties/claims_imports/properties/localpart/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err118];
}
else {
vErrors.push(err118);
}
errors++;
}
}
if(data61.template !== undefined){
let data62 = data61.template;
if((typeof data62 !== "string") && (data62 !== null)){
const err119 = {instancePath:instancePath+"/claims_imports/localpart/template",schemaPath:"#/definitions/text/type",keyword:"type",params:{type: schema14.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err119];
}
else {
vErrors.push(err119);
}
errors++;
}
}
if(data61.action !== undefined){
let data63 = data61.action;
if(!((((data63 === "ignore") || (data63 === "suggest")) || (data63 === "force")) || (data63 === "require"))){
const err120 = {instancePath:instancePath+"/claims_imports/localpart/action",schemaPath:"#/definitions/action/enum",keyword:"enum",params:{allowedValues: schema36.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err120];
}
else {
vErrors.push(err120);
}
errors++;
}
}
if(data61.on_conflict !== undefined){
let data64 = data61.on_conflict;
if(!((((data64 === "fail") || (data64 === "add")) || (data64 === "replace")) || (data64 === "set"))){
const err121 = {instancePath:instancePath+"/claims_imports/localpart/on_conflict",schemaPath:"#/properties/claims_imports/properties/localpart/properties/on_conflict/enum",keyword:"enum",params:{allowedValues: schema12.properties.claims_imports.properties.localpart.properties.on_conflict.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err121];
}
else {
vErrors.push(err121);
}
errors++;
}
}
}
else {
const err122 = {instancePath:instancePath+"/claims_imports/localpart",schemaPath:"#/properties/claims_imports/properties/localpart/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err122];
}
else {
vErrors.push(err122);
}
errors++;
}
}
if(data57.displayname !== undefined){
if(!(validate15(data57.displayname, {instancePath:instancePath+"/claims_imports/displayname",parentData:data57,parentDataProperty:"displayname",rootData}))){
vErrors = vErrors === null ? validate15.errors : vErrors.concat(validate15.errors);
errors = vErrors.length;
}
}
if(data57.email !== undefined){
let data66 = data57.email;
if(data66 && typeof data66 == "object" && !Array.isArray(data66)){
for(const key5 in data66){
if(!(((key5 === "template") || (key5 === "action")) || (key5 === "set_email_verification"))){
const err123 = {instancePath:instancePath+"/claims_imports/email",schemaPath:"#/properties/claims_imports/properties/email/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err123];
}
else {
vErrors.push(err123);
}
errors++;
}
}
if(data66.template !== undefined){
let data67 = data66.template;
if((typeof data67 !== "string") && (data67 !== null)){
const err124 = {instancePath:instancePath+"/claims_imports/email/template",schemaPath:"#/definitions/text/type",keyword:"type",params:{type: schema14.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err124];
}
else {
vErrors.push(err124);
}
errors++;
}
}
if(data66.action !== undefined){
let data68 = data66.action;
if(!((((data68 === "ignore") || (data68 === "suggest")) || (data68 === "force")) || (data68 === "require"))){
const err125 = {instancePath:instancePath+"/claims_imports/email/action",schemaPath:"#/definitions/action/enum",keyword:"enum",params:{allowedValues: schema36.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err125];
}
else {
vErrors.push(err125);
}
errors++;
}
}
if(data66.set_email_verification !== undefined){
let data69 = data66.set_email_verification;
if(!(((data69 === "always") || (data69 === "never")) || (data69 === "import"))){
const err126 = {instancePath:instancePath+"/claims_imports/email/set_email_verification",schemaPath:"#/properties/claims_imports/properties/email/properties/set_email_verification/enum",keyword:"enum",params:{allowedValues: schema12.properties.claims_imports.properties.email.properties.set_email_verification.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err126];
}
else {
vErrors.push(err126);
}
errors++;
}
}
}
else {
const err127 = {instancePath:instancePath+"/claims_imports/email",schemaPath:"#/properties/claims_imports/properties/email/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err127];
}
else {
vErrors.push(err127);
}
errors++;
}
}
}
else {
const err128 = {instancePath:instancePath+"/claims_imports",schemaPath:"#/properties/claims_imports/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err128];
}
else {
vErrors.push(err128);
}
errors++;
}
}
}
else {
const err129 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err129];
}
else {
vErrors.push(err129);
}
errors++;
}
validate11.errors = vErrors;
return errors === 0;
}


function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="https://matrix-auth-actions.example/schemas/upstream-provider.schema.json" */;
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate11(data[i0], {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
errors = vErrors.length;
}
}
}
else {
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}

