SwaggerUIBundle({url: "openapi.yaml", dom_id: "#document"});
