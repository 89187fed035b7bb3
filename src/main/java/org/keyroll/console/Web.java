package org.keyroll.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.OverrideId;
import org.keyroll.adjustment.ProposalId;
import org.keyroll.definition.Scope;
import org.keyroll.people.Person;
import org.keyroll.unit.UnitId;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.CacheControl;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** What handlers are given, and the files that pages are made of. */
@Configuration(proxyBeanMethods = false)
class Web implements WebMvcConfigurer {
  private static final String HTMX = "classpath:/META-INF/resources/webjars/htmx.org/2.0.10/dist/";

  private final Doorkeeper doorkeeper;
  private final Programmes programmes;

  Web(Doorkeeper doorkeeper, Programmes programmes) {
    this.doorkeeper = doorkeeper;
    this.programmes = programmes;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(doorkeeper);
    var language = new LocaleChangeInterceptor();
    language.setParamName("lang");
    language.setIgnoreInvalidLocale(true);
    registry.addInterceptor(language);
  }

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/assets/**")
        .addResourceLocations("classpath:/org/keyroll/console/assets/", HTMX)
        .setCacheControl(CacheControl.noCache());
  }

  /** Words as we write them: in lower case. */
  @Override
  public void addFormatters(FormatterRegistry registry) {
    registry.addConverterFactory(
        new ConverterFactory<String, Enum<?>>() {
          @Override
          @SuppressWarnings({"unchecked", "rawtypes", "NullAway"}) // Spring takes null for no value
          public <T extends Enum<?>> Converter<String, T> getConverter(Class<T> type) {
            return new Converter<String, T>() {
              @Override
              public @Nullable T convert(String text) {
                return text.isBlank()
                    ? null
                    : (T) Enum.valueOf((Class) type, text.strip().toUpperCase(Locale.ROOT));
              }
            };
          }
        });
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(
        new Argument(Person.class) {
          @Override
          @Nullable Object value(NativeWebRequest request) {
            return request.getAttribute(Doorkeeper.PERSON, RequestAttributes.SCOPE_REQUEST);
          }
        });
    resolvers.add(
        new Argument(Caller.class) {
          @Override
          @Nullable Object value(NativeWebRequest request) {
            var asked = request.getNativeRequest(HttpServletRequest.class);
            return asked == null ? null : Caller.of(asked);
          }
        });
    resolvers.add(
        new Argument(Scope.class) {
          @Override
          Object value(NativeWebRequest request) throws Exception {
            var path =
                request.getAttribute(
                    HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE,
                    RequestAttributes.SCOPE_REQUEST);
            if (path instanceof java.util.Map<?, ?> variables
                && variables.get("programme") instanceof String programme) {
              return programmes.of(programme);
            }
            throw new NotFound();
          }
        });
  }

  /** In English or Chinese: as chosen, else as the browser asks. */
  @Bean
  LocaleResolver localeResolver() {
    var resolver = new CookieLocaleResolver("language");
    resolver.setDefaultLocaleFunction(
        request ->
            Locale.CHINESE.getLanguage().equals(request.getLocale().getLanguage())
                ? Locale.CHINESE
                : Locale.ENGLISH);
    resolver.setCookieHttpOnly(true);
    resolver.setCookieSameSite("Lax");
    resolver.setCookieMaxAge(java.time.Duration.ofDays(365));
    return resolver;
  }

  /** Values are written as everywhere else: ids as shown, words in lower case. */
  @Bean
  static JsonMapperBuilderCustomizer asShown() {
    var ids = new SimpleModule();
    for (var id : List.of(UnitId.class, ProposalId.class, OverrideId.class)) {
      ids.addSerializer(id, ToStringSerializer.instance);
    }
    return json ->
        json.addModule(ids)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  private abstract static class Argument implements HandlerMethodArgumentResolver {
    private final Class<?> type;

    Argument(Class<?> type) {
      this.type = type;
    }

    abstract @Nullable Object value(NativeWebRequest request) throws Exception;

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
      return parameter.getParameterType() == type;
    }

    @Override
    public @Nullable Object resolveArgument(
        MethodParameter parameter,
        @Nullable ModelAndViewContainer container,
        NativeWebRequest request,
        @Nullable WebDataBinderFactory binders)
        throws Exception {
      return value(request);
    }
  }
}
