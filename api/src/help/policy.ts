/** Google's policy, by its own name; the statement in wizard, help and PDF leads there. */
export const limitedUsePolicy = {
  name: 'Google API Services User Data Policy',
  url: 'https://developers.google.com/terms/api-services-user-data-policy#additional_requirements_for_specific_api_scopes',
} as const
