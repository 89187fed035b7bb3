package org.keyroll.console;

import java.time.Duration;
import java.util.List;
import org.keyroll.intake.Reception;
import org.keyroll.people.SignIns;
import org.keyroll.people.Tokens;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.session.HttpSessionEventPublisher;

/** Who gets in at all, and the headers of every answer; {@link Doorkeeper} sees to each door. */
@Configuration(proxyBeanMethods = false)
class Security {
  static final String SIGN_IN = "/sign-in";

  /** Browsers of one person that are signed in at once; the one idle longest makes way. */
  private static final int SESSIONS = 3;

  /** Nothing from elsewhere, and no script or style that is not a file of ours. */
  private static final String CONTENT =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  @Bean
  SecurityFilterChain everything(HttpSecurity http, Proof proof, Reception reception) {
    var signedIn = new SavedRequestAwareAuthenticationSuccessHandler();
    http.addFilterBefore(new UploadGate(reception.largest()), CsrfFilter.class);
    http.authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(
                        SIGN_IN, "/welcome", "/assets/**", "/actuator/health/**", "/error")
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .formLogin(
            form ->
                form.loginPage(SIGN_IN)
                    .usernameParameter("name")
                    .passwordParameter("secret")
                    .successHandler(
                        (request, response, who) -> {
                          proof.given(request);
                          signedIn.onAuthenticationSuccess(request, response, who);
                        })
                    .failureHandler(
                        (request, response, why) ->
                            response.sendRedirect(
                                SIGN_IN + (why instanceof LockedException ? "?wait" : "?wrong"))))
        .logout(out -> out.logoutUrl("/sign-out").logoutSuccessUrl(SIGN_IN + "?out"))
        .sessionManagement(
            sessions -> sessions.maximumSessions(SESSIONS).expiredUrl(SIGN_IN + "?ended"))
        .headers(Security::headers);
    return http.build();
  }

  /**
   * Programs: whoever asks is known by what they send with each request, and no session is kept.
   */
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  SecurityFilterChain api(
      HttpSecurity http,
      Tokens tokens,
      SignIns signIns,
      Throttle throttle,
      Pace pace,
      Problems problems) {
    http.securityMatcher("/api/**")
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(DescriptionApi.PATH)
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .addFilterBefore(
            new ApiEntry(tokens, signIns, throttle, pace, problems), AuthorizationFilter.class)
        .exceptionHandling(
            faults ->
                faults.authenticationEntryPoint(
                    (request, response, why) ->
                        problems.send(
                            request,
                            response,
                            request.getRequestURI(),
                            HttpStatus.UNAUTHORIZED,
                            List.of())))
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(forged -> forged.disable()) // no cookie opens anything here
        .requestCache(asked -> asked.disable())
        .logout(out -> out.disable())
        .headers(Security::headers);
    return http.build();
  }

  private static void headers(HeadersConfigurer<HttpSecurity> headers) {
    headers
        .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT))
        .frameOptions(frames -> frames.deny())
        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
        .crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
        .crossOriginResourcePolicy(policy -> policy.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
        .permissionsPolicyHeader(
            policy -> policy.policy("camera=(), geolocation=(), microphone=(), payment=()"))
        .httpStrictTransportSecurity(
            strict -> strict.maxAgeInSeconds(Duration.ofDays(365).toSeconds()));
  }

  @Bean
  HttpSessionEventPublisher sessionEvents() {
    return new HttpSessionEventPublisher();
  }
}
