export const casVariable = 'matrix_synapse_cas_config_enabled'
