package io.bursar.stablecoin.web;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import org.springframework.context.annotation.Configuration;

/** The head of {@code /api/openapi.json}. */
@Configuration(proxyBeanMethods = false)
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Bursar partner API",
                        version = "v1",
                        description = "Amounts are decimal strings, times are UTC, ids say what they name. Every"
                                + " refusal is problem+json with a stable `code`; every answer has an"
                                + " `X-Request-Id`."),
        security = @SecurityRequirement(name = "apiKey"))
@SecurityScheme(
        name = "apiKey",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        description = "The API key shown once when the partner was created: `Authorization: Bearer bk_live_…`.")
class ApiDescription {}
