package org.keyroll.console;

import java.util.List;
import org.keyroll.people.NotAuthenticated;
import org.keyroll.people.Person;
import org.keyroll.people.SignIns;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** Finds out who somebody is by their name and key or password. */
@Component
class Identification implements AuthenticationProvider {
  private static final int LONGEST = 256;

  private final SignIns signIns;
  private final Throttle throttle;

  Identification(SignIns signIns, Throttle throttle) {
    this.signIns = signIns;
    this.throttle = throttle;
  }

  @Override
  public Authentication authenticate(Authentication given) {
    var name = given.getName().strip();
    var secret = String.valueOf(given.getCredentials());
    var address =
        given.getDetails() instanceof WebAuthenticationDetails details
            ? String.valueOf(details.getRemoteAddress())
            : "";
    if (!throttle.lets(name, address)) {
      throw new LockedException("too many tries");
    }
    try {
      if (name.length() > LONGEST || secret.length() > LONGEST) {
        throw new BadCredentialsException("too long");
      }
      var person = signIns.signIn(name, secret, address);
      throttle.succeeded(name, address);
      var known =
          UsernamePasswordAuthenticationToken.authenticated(new SignedIn(person), null, List.of());
      known.setDetails(given.getDetails());
      return known;
    } catch (NotAuthenticated e) {
      throttle.failed(name, address);
      throw new BadCredentialsException("the name and the secret do not fit", e);
    }
  }

  /** Whether somebody who has signed in proves again that it is them. */
  boolean proves(Person person, String secret, String address) {
    if (secret.length() > LONGEST || !throttle.lets(person.name(), address)) {
      return false;
    }
    try {
      signIns.prove(person.name(), secret);
      throttle.succeeded(person.name(), address);
      return true;
    } catch (NotAuthenticated e) {
      throttle.failed(person.name(), address);
      return false;
    }
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
  }
}
