// @ts-nocheck Generated from schemas/upstream-provider.schema.json by scripts/compile-schemas.ts.
"use strict";
export const validate = validate10;

const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","$id":"https://matrix-auth-actions.example/schemas/upstream-provider.schema.json","title":"Upstream OAuth 2.0 providers of Matrix Authentication Service","description":"What matrix_authentication_service_config_upstream_oauth2_providers may hold. Source: crates/config/src/sections/upstream_oauth2.rs of Matrix Authentication Service v1.22 and before.","type":"array","items":{"$ref":"#/definitions/provider"},"definitions":{"text":{"type":["string","null"]},"switch":{"type":["boolean","null"]},"url":{"type":["string","null"],"pattern":"^https?://[^\\s/]+"},"action":{"enum":["ignore","suggest","force","require",null]},"algorithm":{"enum":["HS256","HS384","HS512","RS256","RS384","RS512","PS256","PS384","PS512","ES256","ES384","ES512","ES256K","EdDSA",null]},"template":{"type":["object","null"],"properties":{"template":{"$ref":"#/definitions/text"}},"additionalProperties":false},"claim":{"type":["object","null"],"properties":{"template":{"$ref":"#/definitions/text"},"action":{"$ref":"#/definitions/action"}},"additionalProperties":false},"provider":{"type":"object","required":["id","client_id","token_endpoint_auth_method"],"properties":{"enabled":{"$ref":"#/definitions/switch"},"id":{"type":"string","pattern":"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"},"synapse_idp_id":{"$ref":"#/definitions/text"},"issuer":{"$ref":"#/definitions/url"},"human_name":{"$ref":"#/definitions/text"},"brand_name":{"$ref":"#/definitions/text"},"client_id":{"type":"string","pattern":"."},"client_secret":{"$ref":"#/definitions/text"},"client_secret_file":{"$ref":"#/definitions/text"},"token_endpoint_auth_method":{"enum":["none","client_secret_basic","client_secret_post","client_secret_jwt","private_key_jwt","sign_in_with_apple"]},"token_endpoint_auth_signing_alg":{"$ref":"#/definitions/algorithm"},"sign_in_with_apple":{"type":["object","null"],"required":["team_id","key_id"],"properties":{"team_id":{"type":"string"},"key_id":{"type":"string"},"private_key":{"$ref":"#/definitions/text"},"private_key_file":{"$ref":"#/definitions/text"}},"additionalProperties":false},"id_token_signed_response_alg":{"$ref":"#/definitions/algorithm"},"scope":{"type":["string","null"]},"discovery_mode":{"enum":["oidc","insecure","disabled",null]},"pkce_method":{"enum":["auto","always","never",null]},"fetch_userinfo":{"$ref":"#/definitions/switch"},"userinfo_signed_response_alg":{"$ref":"#/definitions/algorithm"},"authorization_endpoint":{"$ref":"#/definitions/url"},"token_endpoint":{"$ref":"#/definitions/url"},"userinfo_endpoint":{"$ref":"#/definitions/url"},"jwks_uri":{"$ref":"#/definitions/url"},"response_mode":{"enum":["query","form_post",null]},"additional_authorization_parameters":{"type":["object","null"],"additionalProperties":{"type":"string"}},"forward_login_hint":{"$ref":"#/definitions/switch"},"on_backchannel_logout":{"enum":["do_nothing","logout_browser_only","logout_all",null]},"registration_token_required":{"$ref":"#/definitions/switch"},"claims_imports":{"type":["object","null"],"properties":{"subject":{"$ref":"#/definitions/template"},"account_name":{"$ref":"#/definitions/template"},"skip_confirmation":{"$ref":"#/definitions/switch"},"localpart":{"type":["object","null"],"properties":{"template":{"$ref":"#/definitions/text"},"action":{"$ref":"#/definitions/action"},"on_conflict":{"enum":["fail","add","replace","set",null]}},"additionalProperties":false},"displayname":{"$ref":"#/definitions/claim"},"email":{"type":["object","null"],"properties":{"template":{"$ref":"#/definitions/text"},"action":{"$ref":"#/definitions/action"},"set_email_verification":{"enum":["always","never","import",null]}},"additionalProperties":false}},"additionalProperties":false}},"additionalProperties":false,"allOf":[{"if":{"required":["token_endpoint_auth_method"],"properties":{"token_endpoint_auth_method":{"enum":["client_secret_basic","client_secret_post","client_secret_jwt"]}}},"then":{"anyOf":[{"required":["client_secret"]},{"required":["client_secret_file"]}]}},{"if":{"required":["token_endpoint_auth_method"],"properties":{"token_endpoint_auth_method":{"enum":["client_secret_jwt","private_key_jwt"]}}},"then":{"required":["token_endpoint_auth_signing_alg"]}},{"if":{"required":["token_endpoint_auth_method"],"properties":{"token_endpoint_auth_method":{"enum":["sign_in_with_apple"]}}},"then":{"required":["sign_in_with_apple"]}},{"if":{"not":{"required":["discovery_mode"]}},"then":{"required":["issuer"]}},{"if":{"required":["discovery_mode"],"properties":{"discovery_mode":{"enum":["oidc","insecure"]}}},"then":{"required":["issuer"]}},{"if":{"required":["discovery_mode"],"properties":{"discovery_mode":{"enum":["disabled"]}}},"then":{"required":["authorization_endpoint","token_endpoint","jwks_uri"]}}]}}};
const schema12 = {"type":"object","required":["id","client_id","token_endpoint_auth_method"],"properties":{"enabled":{"$ref":"#/definitions/switch"},"id":{"type":"string","pattern":"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"},"synapse_idp_id":{"$ref":"#/definitions/text"},"issuer":{"$ref":"#/definitions/url"},"human_name":{"$ref":"#/definitions/text"},"brand_name":{"$ref":"#/definitions/text"},"client_id":{"type":"string","pattern":"."},"client_secret":{"$ref":"#/definitions/text"},"client_secret_file":{"$ref":"#/definitions/text"},"token_endpoint_auth_method":{"enum":["none","client_secret_basic","client_secret_post","client_secret_jwt","private_key_jwt","sign_in_with_apple"]},"token_endpoint_auth_signing_alg":{"$ref":"#/definitions/algorithm"},"sign_in_with_apple":{"type":["object","null"],"required":["team_id","key_id"],"properties":{"team_id":{"type":"string"},"key_id":{"type":"string"},"private_key":{"$ref":"#/definitions/text"},"private_key_file":{"$ref":"#/definitions/text"}},"additionalProperties":false},"id_token_signed_response_alg":{"$ref":"#/definitions/algorithm"},"scope":{"type":["string","null"]},"discovery_mode":{"enum":["oidc","insecure","disabled",null]},"pkce_method":{"enum":["auto","always","never",null]},"fetch_userinfo":{"$ref":"#/definitions/switch"},"userinfo_signed_response_alg":{"$ref":"#/definitions/algorithm"},"authorization_endpoint":{"$ref":"#/definitions/url"},"token_endpoint":{"$ref":"#/definitions/url"},"userinfo_endpoint":{"$ref":"#/definitions/url"},"jwks_uri":{"$ref":"#/definitions/url"},"response_mode":{"enum":["query","form_post",null]},"additional_authorization_parameters":{"type":["object","null"],"additionalProperties":{"type":"string"}},"forward_login_hint":{"$ref":"#/definitions/switch"},"on_backchannel_logout":{"enum":["do_nothing","logout_browser_only","logout_all",null]},"registration_token_required":{"$ref":"#/definitions/switch"},"claims_imports":{"type":["object","null"],"properties":{"subject":{"$ref":"#/definitions/template"},"account_name":{"$ref":"#/definitions/template"},"skip_confirmation":{"$ref":"#/definitions/switch"},"localpart":{"type":["object","null"],"properties":{"template":{"$ref":"#/definitions/text"},"action":{"$ref":"#/definitions/action"},"on_conflict":{"enum":["fail","add","replace","set",null]}},"additionalProperties":false},"displayname":{"$ref":"#/definitions/claim"},"email":{"type":["object","null"],"properties":{"template":{"$ref":"#/definitions/text"},"action":{"$ref":"#/definitions/action"},"set_email_verification":{"enum":["always","never","import",null]}},"additionalProperties":false}},"additionalProperties":false}},"additionalProperties":false,"allOf":[{"if":{"required":["token_endpoint_auth_method"],"properties":{"token_endpoint_auth_method":{"enum":["client_secret_basic","client_secret_post","client_secret_jwt"]}}},"then":{"anyOf":[{"required":["client_secret"]},{"required":["client_secret_file"]}]}},{"if":{"required":["token_endpoint_auth_method"],"properties":{"token_endpoint_auth_method":{"enum":["client_secret_jwt","private_key_jwt"]}}},"then":{"required":["token_endpoint_auth_signing_alg"]}},{"if":{"required":["token_endpoint_auth_method"],"properties":{"token_endpoint_auth_method":{"enum":["sign_in_with_apple"]}}},"then":{"required":["sign_in_with_apple"]}},{"if":{"not":{"required":["discovery_mode"]}},"then":{"required":["issuer"]}},{"if":{"required":["discovery_mode"],"properties":{"discovery_mode":{"enum":["oidc","insecure"]}}},"then":{"required":["issuer"]}},{"if":{"required":["discovery_mode"],"properties":{"discovery_mode":{"enum":["disabled"]}}},"then":{"required":["authorization_endpoint","token_endpoint","jwks_uri"]}}]};
const schema13 = {"type":["boolean","null"]};
const schema14 = {"type":["string","null"]};
const schema15 = {"type":["string","null"],"pattern":"^https?://[^\\s/]+"};
const schema20 = {"enum":["HS256","HS384","HS512","RS256","RS384","RS512","PS256","PS384","PS512","ES256","ES384","ES512","ES256K","EdDSA",null]};
const schema36 = {"enum":["ignore","suggest","force","require",null]};
const func2 = Object.prototype.hasOwnProperty;
const pattern0 = new RegExp("^[0-7][0-9A-HJKMNP-TV-Z]{25}$", "u");
const pattern1 = new RegExp("^https?://[^\\s/]+", "u");
const pattern2 = new RegExp(".", "u");
const schema32 = {"type":["object","null"],"properties":{"template":{"$ref":"#/definitions/text"}},"additionalProperties":false};

function validate12(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema32.type},message:"must be object,null"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "template")){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.template !== undefined){
let data0 = data.template;
if((typeof data0 !== "string") && (data0 !== null)){
const err2 = {instancePath:instancePath+"/template",schemaPath:"#/definitions/text/type",keyword:"type",params:{type: schema14.type},message:"must be string,null"};
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
validate12.errors = vErrors;
return errors === 0;
}

const schema37 = {"type":["object","null"],"properties":{"template":{"$ref":"#/definitions/text"},"action":{"$ref":"#/definitions/action"}},"additionalProperties":false};

function validate15(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema37.type},message:"must be object,null"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "template") || (key0 === "action"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.template !== undefined){
let data0 = data.template;
if((typeof data0 !== "string") && (data0 !== null)){
const err2 = {instancePath:instancePath+"/template",schemaPath:"#/definitions/text/type",keyword:"type",params:{type: schema14.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.action !== undefined){
let data1 = data.action;
if(!(((((data1 === "ignore") || (data1 === "suggest")) || (data1 === "force")) || (data1 === "require")) || (data1 === null))){
const err3 = {instancePath:instancePath+"/action",schemaPath:"#/definitions/action/enum",keyword:"enum",params:{allowedValues: schema36.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
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
const _errs7 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.client_secret === undefined){
const err2 = {instancePath,schemaPath:"#/allOf/0/then/anyOf/0/required",keyword:"required",params:{missingProperty: "client_secret"},message:"must have required property '"+"client_secret"+"'"};
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
valid3 = valid3 || _valid1;
if(!valid3){
const _errs8 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.client_secret_file === undefined){
const err3 = {instancePath,schemaPath:"#/allOf/0/then/anyOf/1/required",keyword:"required",params:{missingProperty: "client_secret_file"},message:"must have required property '"+"client_secret_file"+"'"};
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
valid3 = valid3 || _valid1;
}
if(!valid3){
const err4 = {instancePath,schemaPath:"#/allOf/0/then/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf"};
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
if(!((data1 === "client_secret_jwt") || (data1 === "private_key_jwt"))){
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
if(data.token_endpoint_auth_signing_alg === undefined){
const err8 = {instancePath,schemaPath:"#/allOf/1/then/required",keyword:"required",params:{missingProperty: "token_endpoint_auth_signing_alg"},message:"must have required property '"+"token_endpoint_auth_signing_alg"+"'"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
var _valid2 = _errs13 === errors;
valid4 = _valid2;
}
if(!valid4){
const err9 = {instancePath,schemaPath:"#/allOf/1/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
const _errs15 = errors;
let valid6 = true;
const _errs16 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing2;
if((data.token_endpoint_auth_method === undefined) && (missing2 = "token_endpoint_auth_method")){
const err10 = {};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
else {
if(data.token_endpoint_auth_method !== undefined){
if(!(data.token_endpoint_auth_method === "sign_in_with_apple")){
const err11 = {};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
}
var _valid3 = _errs16 === errors;
errors = _errs15;
if(vErrors !== null){
if(_errs15){
vErrors.length = _errs15;
}
else {
vErrors = null;
}
}
if(_valid3){
const _errs18 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.sign_in_with_apple === undefined){
const err12 = {instancePath,schemaPath:"#/allOf/2/then/required",keyword:"required",params:{missingProperty: "sign_in_with_apple"},message:"must have required property '"+"sign_in_with_apple"+"'"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
var _valid3 = _errs18 === errors;
valid6 = _valid3;
}
if(!valid6){
const err13 = {instancePath,schemaPath:"#/allOf/2/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
const _errs20 = errors;
let valid8 = true;
const _errs21 = errors;
const _errs22 = errors;
const _errs23 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing3;
if((data.discovery_mode === undefined) && (missing3 = "discovery_mode")){
const err14 = {};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
var valid9 = _errs23 === errors;
if(valid9){
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
errors = _errs22;
if(vErrors !== null){
if(_errs22){
vErrors.length = _errs22;
}
else {
vErrors = null;
}
}
}
var _valid4 = _errs21 === errors;
errors = _errs20;
if(vErrors !== null){
if(_errs20){
vErrors.length = _errs20;
}
else {
vErrors = null;
}
}
if(_valid4){
const _errs24 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.issuer === undefined){
const err16 = {instancePath,schemaPath:"#/allOf/3/then/required",keyword:"required",params:{missingProperty: "issuer"},message:"must have required property '"+"issuer"+"'"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
var _valid4 = _errs24 === errors;
valid8 = _valid4;
}
if(!valid8){
const err17 = {instancePath,schemaPath:"#/allOf/3/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
const _errs26 = errors;
let valid10 = true;
const _errs27 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing4;
if((data.discovery_mode === undefined) && (missing4 = "discovery_mode")){
const err18 = {};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
else {
if(data.discovery_mode !== undefined){
let data3 = data.discovery_mode;
if(!((data3 === "oidc") || (data3 === "insecure"))){
const err19 = {};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
}
var _valid5 = _errs27 === errors;
errors = _errs26;
if(vErrors !== null){
if(_errs26){
vErrors.length = _errs26;
}
else {
vErrors = null;
}
}
if(_valid5){
const _errs29 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.issuer === undefined){
const err20 = {instancePath,schemaPath:"#/allOf/4/then/required",keyword:"required",params:{missingProperty: "issuer"},message:"must have required property '"+"issuer"+"'"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
var _valid5 = _errs29 === errors;
valid10 = _valid5;
}
if(!valid10){
const err21 = {instancePath,schemaPath:"#/allOf/4/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
const _errs31 = errors;
let valid12 = true;
const _errs32 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing5;
if((data.discovery_mode === undefined) && (missing5 = "discovery_mode")){
const err22 = {};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
else {
if(data.discovery_mode !== undefined){
if(!(data.discovery_mode === "disabled")){
const err23 = {};
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
}
var _valid6 = _errs32 === errors;
errors = _errs31;
if(vErrors !== null){
if(_errs31){
vErrors.length = _errs31;
}
else {
vErrors = null;
}
}
if(_valid6){
const _errs34 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.authorization_endpoint === undefined){
const err24 = {instancePath,schemaPath:"#/allOf/5/then/required",keyword:"required",params:{missingProperty: "authorization_endpoint"},message:"must have required property '"+"authorization_endpoint"+"'"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(data.token_endpoint === undefined){
const err25 = {instancePath,schemaPath:"#/allOf/5/then/required",keyword:"required",params:{missingProperty: "token_endpoint"},message:"must have required property '"+"token_endpoint"+"'"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if(data.jwks_uri === undefined){
const err26 = {instancePath,schemaPath:"#/allOf/5/then/required",keyword:"required",params:{missingProperty: "jwks_uri"},message:"must have required property '"+"jwks_uri"+"'"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
var _valid6 = _errs34 === errors;
valid12 = _valid6;
}
if(!valid12){
const err27 = {instancePath,schemaPath:"#/allOf/5/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.id === undefined){
const err28 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
if(data.client_id === undefined){
const err29 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "client_id"},message:"must have required property '"+"client_id"+"'"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(data.token_endpoint_auth_method === undefined){
const err30 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "token_endpoint_auth_method"},message:"must have required property '"+"token_endpoint_auth_method"+"'"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
for(const key0 in data){
if(!(func2.call(schema12.properties, key0))){
const err31 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data.enabled !== undefined){
let data5 = data.enabled;
if((typeof data5 !== "boolean") && (data5 !== null)){
const err32 = {instancePath:instancePath+"/enabled",schemaPath:"#/definitions/switch/type",keyword:"type",params:{type: schema13.type},message:"must be boolean,null"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data.id !== undefined){
let data6 = data.id;
if(typeof data6 === "string"){
if(!pattern0.test(data6)){
const err33 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/pattern",keyword:"pattern",params:{pattern: "^[0-7][0-9A-HJKMNP-TV-Z]{25}$"},message:"must match pattern \""+"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"+"\""};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
else {
const err34 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data.synapse_idp_id !== undefined){
let data7 = data.synapse_idp_id;
if((typeof data7 !== "string") && (data7 !== null)){
const err35 = {instancePath:instancePath+"/synapse_idp_id",schemaPath:"#/definitions/text/type",keyword:"type",params:{type: schema14.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data.issuer !== undefined){
let data8 = data.issuer;
if((typeof data8 !== "string") && (data8 !== null)){
const err36 = {instancePath:instancePath+"/issuer",schemaPath:"#/definitions/url/type",keyword:"type",params:{type: schema15.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
if(typeof data8 === "string"){
if(!pattern1.test(data8)){
const err37 = {instancePath:instancePath+"/issuer",schemaPath:"#/definitions/url/pattern",keyword:"pattern",params:{pattern: "^https?://[^\\s/]+"},message:"must match pattern \""+"^https?://[^\\s/]+"+"\""};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
}
if(data.human_name !== undefined){
let data9 = data.human_name;
if((typeof data9 !== "string") && (data9 !== null)){
const err38 = {instancePath:instancePath+"/human_name",schemaPath:"#/definitions/text/type",keyword:"type",params:{type: schema14.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data.brand_name !== undefined){
let data10 = data.brand_name;
if((typeof data10 !== "string") && (data10 !== null)){
const err39 = {instancePath:instancePath+"/brand_name",schemaPath:"#/definitions/text/type",keyword:"type",params:{type: schema14.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data.client_id !== undefined){
let data11 = data.client_id;
if(typeof data11 === "string"){
if(!pattern2.test(data11)){
const err40 = {instancePath:instancePath+"/client_id",schemaPath:"#/properties/client_id/pattern",keyword:"pattern",params:{pattern: "."},message:"must match pattern \""+"."+"\""};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
else {
const err41 = {instancePath:instancePath+"/client_id",schemaPath:"#/properties/client_id/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data.client_secret !== undefined){
let data12 = data.client_secret;
if((typeof data12 !== "string") && (data12 !== null)){
const err42 = {instancePath:instancePath+"/client_secret",schemaPath:"#/definitions/text/type",keyword:"type",params:{type: schema14.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data.client_secret_file !== undefined){
let data13 = data.client_secret_file;
if((typeof data13 !== "string") && (data13 !== null)){
const err43 = {instancePath:instancePath+"/client_secret_file",schemaPath:"#/definitions/text/type",keyword:"type",params:{type: schema14.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
if(data.token_endpoint_auth_method !== undefined){
let data14 = data.token_endpoint_auth_method;
if(!((((((data14 === "none") || (data14 === "client_secret_basic")) || (data14 === "client_secret_post")) || (data14 === "client_secret_jwt")) || (data14 === "private_key_jwt")) || (data14 === "sign_in_with_apple"))){
const err44 = {instancePath:instancePath+"/token_endpoint_auth_method",schemaPath:"#/properties/token_endpoint_auth_method/enum",keyword:"enum",params:{allowedValues: schema12.properties.token_endpoint_auth_method.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data.token_endpoint_auth_signing_alg !== undefined){
let data15 = data.token_endpoint_auth_signing_alg;
if(!(((((((((((((((data15 === "HS256") || (data15 === "HS384")) || (data15 === "HS512")) || (data15 === "RS256")) || (data15 === "RS384")) || (data15 === "RS512")) || (data15 === "PS256")) || (data15 === "PS384")) || (data15 === "PS512")) || (data15 === "ES256")) || (data15 === "ES384")) || (data15 === "ES512")) || (data15 === "ES256K")) || (data15 === "EdDSA")) || (data15 === null))){
const err45 = {instancePath:instancePath+"/token_endpoint_auth_signing_alg",schemaPath:"#/definitions/algorithm/enum",keyword:"enum",params:{allowedValues: schema20.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
if(data.sign_in_with_apple !== undefined){
let data16 = data.sign_in_with_apple;
if((!(data16 && typeof data16 == "object" && !Array.isArray(data16))) && (data16 !== null)){
const err46 = {instancePath:instancePath+"/sign_in_with_apple",schemaPath:"#/properties/sign_in_with_apple/type",keyword:"type",params:{type: schema12.properties.sign_in_with_apple.type},message:"must be object,null"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
if(data16.team_id === undefined){
const err47 = {instancePath:instancePath+"/sign_in_with_apple",schemaPath:"#/properties/sign_in_with_apple/required",keyword:"required",params:{missingProperty: "team_id"},message:"must have required property '"+"team_id"+"'"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
if(data16.key_id === undefined){
const err48 = {instancePath:instancePath+"/sign_in_with_apple",schemaPath:"#/properties/sign_in_with_apple/required",keyword:"required",params:{missingProperty: "key_id"},message:"must have required property '"+"key_id"+"'"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
for(const key1 in data16){
if(!((((key1 === "team_id") || (key1 === "key_id")) || (key1 === "private_key")) || (key1 === "private_key_file"))){
const err49 = {instancePath:instancePath+"/sign_in_with_apple",schemaPath:"#/properties/sign_in_with_apple/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
if(data16.team_id !== undefined){
if(typeof data16.team_id !== "string"){
const err50 = {instancePath:instancePath+"/sign_in_with_apple/team_id",schemaPath:"#/properties/sign_in_with_apple/properties/team_id/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
if(data16.key_id !== undefined){
if(typeof data16.key_id !== "string"){
const err51 = {instancePath:instancePath+"/sign_in_with_apple/key_id",schemaPath:"#/properties/sign_in_with_apple/properties/key_id/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
if(data16.private_key !== undefined){
let data19 = data16.private_key;
if((typeof data19 !== "string") && (data19 !== null)){
const err52 = {instancePath:instancePath+"/sign_in_with_apple/private_key",schemaPath:"#/definitions/text/type",keyword:"type",params:{type: schema14.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
if(data16.private_key_file !== undefined){
let data20 = data16.private_key_file;
if((typeof data20 !== "string") && (data20 !== null)){
const err53 = {instancePath:instancePath+"/sign_in_with_apple/private_key_file",schemaPath:"#/definitions/text/type",keyword:"type",params:{type: schema14.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
}
}
if(data.id_token_signed_response_alg !== undefined){
let data21 = data.id_token_signed_response_alg;
if(!(((((((((((((((data21 === "HS256") || (data21 === "HS384")) || (data21 === "HS512")) || (data21 === "RS256")) || (data21 === "RS384")) || (data21 === "RS512")) || (data21 === "PS256")) || (data21 === "PS384")) || (data21 === "PS512")) || (data21 === "ES256")) || (data21 === "ES384")) || (data21 === "ES512")) || (data21 === "ES256K")) || (data21 === "EdDSA")) || (data21 === null))){
const err54 = {instancePath:instancePath+"/id_token_signed_response_alg",schemaPath:"#/definitions/algorithm/enum",keyword:"enum",params:{allowedValues: schema20.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
if(data.scope !== undefined){
let data22 = data.scope;
if((typeof data22 !== "string") && (data22 !== null)){
const err55 = {instancePath:instancePath+"/scope",schemaPath:"#/properties/scope/type",keyword:"type",params:{type: schema12.properties.scope.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
if(data.discovery_mode !== undefined){
let data23 = data.discovery_mode;
if(!((((data23 === "oidc") || (data23 === "insecure")) || (data23 === "disabled")) || (data23 === null))){
const err56 = {instancePath:instancePath+"/discovery_mode",schemaPath:"#/properties/discovery_mode/enum",keyword:"enum",params:{allowedValues: schema12.properties.discovery_mode.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
if(data.pkce_method !== undefined){
let data24 = data.pkce_method;
if(!((((data24 === "auto") || (data24 === "always")) || (data24 === "never")) || (data24 === null))){
const err57 = {instancePath:instancePath+"/pkce_method",schemaPath:"#/properties/pkce_method/enum",keyword:"enum",params:{allowedValues: schema12.properties.pkce_method.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
if(data.fetch_userinfo !== undefined){
let data25 = data.fetch_userinfo;
if((typeof data25 !== "boolean") && (data25 !== null)){
const err58 = {instancePath:instancePath+"/fetch_userinfo",schemaPath:"#/definitions/switch/type",keyword:"type",params:{type: schema13.type},message:"must be boolean,null"};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
if(data.userinfo_signed_response_alg !== undefined){
let data26 = data.userinfo_signed_response_alg;
if(!(((((((((((((((data26 === "HS256") || (data26 === "HS384")) || (data26 === "HS512")) || (data26 === "RS256")) || (data26 === "RS384")) || (data26 === "RS512")) || (data26 === "PS256")) || (data26 === "PS384")) || (data26 === "PS512")) || (data26 === "ES256")) || (data26 === "ES384")) || (data26 === "ES512")) || (data26 === "ES256K")) || (data26 === "EdDSA")) || (data26 === null))){
const err59 = {instancePath:instancePath+"/userinfo_signed_response_alg",schemaPath:"#/definitions/algorithm/enum",keyword:"enum",params:{allowedValues: schema20.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
if(data.authorization_endpoint !== undefined){
let data27 = data.authorization_endpoint;
if((typeof data27 !== "string") && (data27 !== null)){
const err60 = {instancePath:instancePath+"/authorization_endpoint",schemaPath:"#/definitions/url/type",keyword:"type",params:{type: schema15.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
if(typeof data27 === "string"){
if(!pattern1.test(data27)){
const err61 = {instancePath:instancePath+"/authorization_endpoint",schemaPath:"#/definitions/url/pattern",keyword:"pattern",params:{pattern: "^https?://[^\\s/]+"},message:"must match pattern \""+"^https?://[^\\s/]+"+"\""};
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
if(data.token_endpoint !== undefined){
let data28 = data.token_endpoint;
if((typeof data28 !== "string") && (data28 !== null)){
const err62 = {instancePath:instancePath+"/token_endpoint",schemaPath:"#/definitions/url/type",keyword:"type",params:{type: schema15.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
if(typeof data28 === "string"){
if(!pattern1.test(data28)){
const err63 = {instancePath:instancePath+"/token_endpoint",schemaPath:"#/definitions/url/pattern",keyword:"pattern",params:{pattern: "^https?://[^\\s/]+"},message:"must match pattern \""+"^https?://[^\\s/]+"+"\""};
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
if(data.userinfo_endpoint !== undefined){
let data29 = data.userinfo_endpoint;
if((typeof data29 !== "string") && (data29 !== null)){
const err64 = {instancePath:instancePath+"/userinfo_endpoint",schemaPath:"#/definitions/url/type",keyword:"type",params:{type: schema15.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
if(typeof data29 === "string"){
if(!pattern1.test(data29)){
const err65 = {instancePath:instancePath+"/userinfo_endpoint",schemaPath:"#/definitions/url/pattern",keyword:"pattern",params:{pattern: "^https?://[^\\s/]+"},message:"must match pattern \""+"^https?://[^\\s/]+"+"\""};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
}
if(data.jwks_uri !== undefined){
let data30 = data.jwks_uri;
if((typeof data30 !== "string") && (data30 !== null)){
const err66 = {instancePath:instancePath+"/jwks_uri",schemaPath:"#/definitions/url/type",keyword:"type",params:{type: schema15.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
if(typeof data30 === "string"){
if(!pattern1.test(data30)){
const err67 = {instancePath:instancePath+"/jwks_uri",schemaPath:"#/definitions/url/pattern",keyword:"pattern",params:{pattern: "^https?://[^\\s/]+"},message:"must match pattern \""+"^https?://[^\\s/]+"+"\""};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
}
if(data.response_mode !== undefined){
let data31 = data.response_mode;
if(!(((data31 === "query") || (data31 === "form_post")) || (data31 === null))){
const err68 = {instancePath:instancePath+"/response_mode",schemaPath:"#/properties/response_mode/enum",keyword:"enum",params:{allowedValues: schema12.properties.response_mode.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
if(data.additional_authorization_parameters !== undefined){
let data32 = data.additional_authorization_parameters;
if((!(data32 && typeof data32 == "object" && !Array.isArray(data32))) && (data32 !== null)){
const err69 = {instancePath:instancePath+"/additional_authorization_parameters",schemaPath:"#/properties/additional_authorization_parameters/type",keyword:"type",params:{type: schema12.properties.additional_authorization_parameters.type},message:"must be object,null"};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
if(data32 && typeof data32 == "object" && !Array.isArray(data32)){
for(const key2 in data32){
if(typeof data32[key2] !== "string"){
const err70 = {instancePath:instancePath+"/additional_authorization_parameters/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/additional_authorization_parameters/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
}
}
if(data.forward_login_hint !== undefined){
let data34 = data.forward_login_hint;
if((typeof data34 !== "boolean") && (data34 !== null)){
const err71 = {instancePath:instancePath+"/forward_login_hint",schemaPath:"#/definitions/switch/type",keyword:"type",params:{type: schema13.type},message:"must be boolean,null"};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
if(data.on_backchannel_logout !== undefined){
let data35 = data.on_backchannel_logout;
if(!((((data35 === "do_nothing") || (data35 === "logout_browser_only")) || (data35 === "logout_all")) || (data35 === null))){
const err72 = {instancePath:instancePath+"/on_backchannel_logout",schemaPath:"#/properties/on_backchannel_logout/enum",keyword:"enum",params:{allowedValues: schema12.properties.on_backchannel_logout.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
if(data.registration_token_required !== undefined){
let data36 = data.registration_token_required;
if((typeof data36 !== "boolean") && (data36 !== null)){
const err73 = {instancePath:instancePath+"/registration_token_required",schemaPath:"#/definitions/switch/type",keyword:"type",params:{type: schema13.type},message:"must be boolean,null"};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
if(data.claims_imports !== undefined){
let data37 = data.claims_imports;
if((!(data37 && typeof data37 == "object" && !Array.isArray(data37))) && (data37 !== null)){
const err74 = {instancePath:instancePath+"/claims_imports",schemaPath:"#/properties/claims_imports/type",keyword:"type",params:{type: schema12.properties.claims_imports.type},message:"must be object,null"};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
if(data37 && typeof data37 == "object" && !Array.isArray(data37)){
for(const key3 in data37){
if(!((((((key3 === "subject") || (key3 === "account_name")) || (key3 === "skip_confirmation")) || (key3 === "localpart")) || (key3 === "displayname")) || (key3 === "email"))){
const err75 = {instancePath:instancePath+"/claims_imports",schemaPath:"#/properties/claims_imports/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
if(data37.subject !== undefined){
if(!(validate12(data37.subject, {instancePath:instancePath+"/claims_imports/subject",parentData:data37,parentDataProperty:"subject",rootData}))){
vErrors = vErrors === null ? validate12.errors : vErrors.concat(validate12.errors);
errors = vErrors.length;
}
}
if(data37.account_name !== undefined){
if(!(validate12(data37.account_name, {instancePath:instancePath+"/claims_imports/account_name",parentData:data37,parentDataProperty:"account_name",rootData}))){
vErrors = vErrors === null ? validate12.errors : vErrors.concat(validate12.errors);
errors = vErrors.length;
}
}
if(data37.skip_confirmation !== undefined){
let data40 = data37.skip_confirmation;
if((typeof data40 !== "boolean") && (data40 !== null)){
const err76 = {instancePath:instancePath+"/claims_imports/skip_confirmation",schemaPath:"#/definitions/switch/type",keyword:"type",params:{type: schema13.type},message:"must be boolean,null"};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
if(data37.localpart !== undefined){
let data41 = data37.localpart;
if((!(data41 && typeof data41 == "object" && !Array.isArray(data41))) && (data41 !== null)){
const err77 = {instancePath:instancePath+"/claims_imports/localpart",schemaPath:"#/properties/claims_imports/properties/localpart/type",keyword:"type",params:{type: schema12.properties.claims_imports.properties.localpart.type},message:"must be object,null"};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
if(data41 && typeof data41 == "object" && !Array.isArray(data41)){
for(const key4 in data41){
if(!(((key4 === "template") || (key4 === "action")) || (key4 === "on_conflict"))){
const err78 = {instancePath:instancePath+"/claims_imports/localpart",schemaPath:"#/properties/claims_imports/properties/localpart/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
if(data41.template !== undefined){
let data42 = data41.template;
if((typeof data42 !== "string") && (data42 !== null)){
const err79 = {instancePath:instancePath+"/claims_imports/localpart/template",schemaPath:"#/definitions/text/type",keyword:"type",params:{type: schema14.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
if(data41.action !== undefined){
let data43 = data41.action;
if(!(((((data43 === "ignore") || (data43 === "suggest")) || (data43 === "force")) || (data43 === "require")) || (data43 === null))){
const err80 = {instancePath:instancePath+"/claims_imports/localpart/action",schemaPath:"#/definitions/action/enum",keyword:"enum",params:{allowedValues: schema36.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
if(data41.on_conflict !== undefined){
let data44 = data41.on_conflict;
if(!(((((data44 === "fail") || (data44 === "add")) || (data44 === "replace")) || (data44 === "set")) || (data44 === null))){
const err81 = {instancePath:instancePath+"/claims_imports/localpart/on_conflict",schemaPath:"#/properties/claims_imports/properties/localpart/properties/on_conflict/enum",keyword:"enum",params:{allowedValues: schema12.properties.claims_imports.properties.localpart.properties.on_conflict.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
}
}
if(data37.displayname !== undefined){
if(!(validate15(data37.displayname, {instancePath:instancePath+"/claims_imports/displayname",parentData:data37,parentDataProperty:"displayname",rootData}))){
vErrors = vErrors === null ? validate15.errors : vErrors.concat(validate15.errors);
errors = vErrors.length;
}
}
if(data37.email !== undefined){
let data46 = data37.email;
if((!(data46 && typeof data46 == "object" && !Array.isArray(data46))) && (data46 !== null)){
const err82 = {instancePath:instancePath+"/claims_imports/email",schemaPath:"#/properties/claims_imports/properties/email/type",keyword:"type",params:{type: schema12.properties.claims_imports.properties.email.type},message:"must be object,null"};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
if(data46 && typeof data46 == "object" && !Array.isArray(data46)){
for(const key5 in data46){
if(!(((key5 === "template") || (key5 === "action")) || (key5 === "set_email_verification"))){
const err83 = {instancePath:instancePath+"/claims_imports/email",schemaPath:"#/properties/claims_imports/properties/email/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
if(data46.template !== undefined){
let data47 = data46.template;
if((typeof data47 !== "string") && (data47 !== null)){
const err84 = {instancePath:instancePath+"/claims_imports/email/template",schemaPath:"#/definitions/text/type",keyword:"type",params:{type: schema14.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
if(data46.action !== undefined){
let data48 = data46.action;
if(!(((((data48 === "ignore") || (data48 === "suggest")) || (data48 === "force")) || (data48 === "require")) || (data48 === null))){
const err85 = {instancePath:instancePath+"/claims_imports/email/action",schemaPath:"#/definitions/action/enum",keyword:"enum",params:{allowedValues: schema36.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
if(data46.set_email_verification !== undefined){
let data49 = data46.set_email_verification;
if(!((((data49 === "always") || (data49 === "never")) || (data49 === "import")) || (data49 === null))){
const err86 = {instancePath:instancePath+"/claims_imports/email/set_email_verification",schemaPath:"#/properties/claims_imports/properties/email/properties/set_email_verification/enum",keyword:"enum",params:{allowedValues: schema12.properties.claims_imports.properties.email.properties.set_email_verification.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
}
}
}
}
}
else {
const err87 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
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

