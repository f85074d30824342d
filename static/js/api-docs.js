// Shows the OpenAPI document with Swagger UI. Only reading: the API has nothing else.
const place = document.getElementById("swagger-ui");
window.SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  deepLinking: true,
  docExpansion: "list",
  filter: true,
  displayRequestDuration: true,
  supportedSubmitMethods: ["get"],
  validatorUrl: null,
  presets: [window.SwaggerUIBundle.presets.apis],
});
