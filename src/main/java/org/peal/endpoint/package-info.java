/**
 * Where publishers are: addresses, and the files and DNS records that list them.
 *
 * <ul>
 *   <li>{@link org.peal.endpoint.Endpoint} is one address.
 *   <li>{@link org.peal.endpoint.EndpointMap} is what they say together.
 *   <li>{@link org.peal.endpoint.EndpointFiles} reads them once, {@link
 *       org.peal.endpoint.EndpointDiscovery} keeps them up to date.
 *   <li>{@link org.peal.endpoint.Discovery} joins the files and what the DNS says; {@link
 *       org.peal.endpoint.HostNames} finds the addresses of hosts.
 * </ul>
 */
@NullMarked
package org.peal.endpoint;

import org.jspecify.annotations.NullMarked;
