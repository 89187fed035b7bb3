package org.keyroll.console;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Scope;
import org.keyroll.people.Person;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
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
